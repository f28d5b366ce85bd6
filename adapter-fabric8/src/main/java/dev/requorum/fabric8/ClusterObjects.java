package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The Kubernetes objects that make up one cluster, read from the API server itself. Every method
 * throws {@link dev.requorum.ports.PortFailure} where it cannot tell.
 */
final class ClusterObjects {

  static final String CLAIM_TEMPLATE = "etcd-data";

  private final ApiServer api;
  private final ClusterRef cluster;

  ClusterObjects(ApiServer api, ClusterRef cluster) {
    this.api = api;
    this.cluster = cluster;
  }

  /** The labels that a cluster's objects carry where nothing else is said. */
  static Map<String, String> labels(ClusterRef cluster) {
    return Map.of("app", cluster.name(), "controller", cluster.name());
  }

  static String claimName(String member) {
    return CLAIM_TEMPLATE + "-" + member;
  }

  Optional<StatefulSet> statefulSet() {
    return named("StatefulSet", api.client().apps().statefulSets(), cluster.name());
  }

  Optional<Pod> pod(String name) {
    return named("Pod", api.client().pods(), name);
  }

  Optional<PersistentVolumeClaim> claim(String name) {
    return named("PersistentVolumeClaim", api.client().persistentVolumeClaims(), name);
  }

  Optional<ConfigMap> initialCluster() {
    return named("ConfigMap", api.client().configMaps(), InitialClusterData.configMapName(cluster));
  }

  List<Node> nodes() {
    String what =
        "list Nodes (without that right, nobody can tell a member that is down from one that is cut"
            + " off)";
    return api.call(what, () -> api.client().nodes().list().getItems());
  }

  /**
   * The pods of this cluster's members, by name. They are found by their labels, and those of the
   * given members also by their names: a pod does not stop because somebody took its labels off.
   */
  SortedMap<String, Pod> pods(Map<String, String> labels, Set<String> members) {
    SortedMap<String, Pod> pods = new TreeMap<>();
    for (Pod pod : labelled("Pods", api.client().pods(), labels)) {
      String name = pod.getMetadata().getName();
      if (cluster.ordinalOf(name).isPresent()) {
        pods.put(name, pod);
      }
    }
    for (String member : members) {
      if (!pods.containsKey(member)) {
        pod(member).ifPresent(pod -> pods.put(member, pod));
      }
    }
    return pods;
  }

  /** The members' claims, by member; found as pods are. */
  SortedMap<String, PersistentVolumeClaim> claims(Map<String, String> labels, Set<String> members) {
    SortedMap<String, PersistentVolumeClaim> claims = new TreeMap<>();
    String prefix = claimName("");
    for (PersistentVolumeClaim claim :
        labelled("PersistentVolumeClaims", api.client().persistentVolumeClaims(), labels)) {
      String name = claim.getMetadata().getName();
      if (name.startsWith(prefix)
          && cluster.ordinalOf(name.substring(prefix.length())).isPresent()) {
        claims.put(name.substring(prefix.length()), claim);
      }
    }
    for (String member : members) {
      if (!claims.containsKey(member)) {
        claim(claimName(member)).ifPresent(claim -> claims.put(member, claim));
      }
    }
    return claims;
  }

  /** The names of the members of these ordinals. */
  Set<String> members(IntStream ordinals) {
    return ordinals
        .mapToObj(cluster::memberName)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> Optional<T> named(
      String kind, MixedOperation<T, L, ? extends Resource<T>> objects, String name) {
    return Optional.ofNullable(
        api.call(
            "read %s %s/%s".formatted(kind, cluster.namespace(), name),
            () -> objects.inNamespace(cluster.namespace()).withName(name).get()));
  }

  private <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> labelled(
      String kind,
      MixedOperation<T, L, ? extends Resource<T>> objects,
      Map<String, String> labels) {
    return api.call(
        "list %s of %s".formatted(kind, cluster),
        () -> objects.inNamespace(cluster.namespace()).withLabels(labels).list().getItems());
  }
}
