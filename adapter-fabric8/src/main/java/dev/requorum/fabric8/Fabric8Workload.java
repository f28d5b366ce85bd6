package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The workload of an etcd cluster on Kubernetes: StatefulSet {@code <name>}, its pods and claims
 * {@code etcd-data-<name>-<ordinal>}, ConfigMap {@code <name>-state}, and all nodes.
 *
 * <p>A write touches the fields that it is about and no other, and is locked to the resource
 * version that was read just before. Deletions carry the uid as precondition. Every request is
 * bounded in time.
 *
 * <p>Pods and claims are found by the labels of the StatefulSet's selector, and by name where a
 * member is expected to have one.
 *
 * <p>Not guaranteed: that {@link #discardVolume}'s look at the pod and at the StatefulSet is of the
 * same instant as its deletion. A pod that is made in between keeps the claim until it ends, as
 * Kubernetes protects claims in use.
 *
 * <p>RBAC: {@code statefulsets} (apps) get, patch; {@code pods} get, list, delete; {@code
 * persistentvolumeclaims} get, list, delete; {@code configmaps} get, create, patch; {@code
 * etcdclusters} (operator.etcd.io) get; {@code nodes} list (cluster-wide). What may not be read is
 * unknown: without nodes no loss is ever certain.
 */
public final class Fabric8Workload implements Workload {

  private final ApiServer api;

  public Fabric8Workload(KubernetesClient client) {
    this.api = new ApiServer(client);
  }

  @Override
  public WorkloadView observe(ClusterRef cluster) {
    return new WorkloadLook(cluster, new ClusterObjects(api, cluster)).take();
  }

  @Override
  public Outcome resize(ClusterRef cluster, StatefulSetView seen, OrdinalWindow window) {
    return new StatefulSetWriter(api, cluster).resize(seen, window);
  }

  @Override
  public Outcome arm(ClusterRef cluster, StatefulSetView seen, String survivor, String incident) {
    return new StatefulSetWriter(api, cluster).arm(seen, survivor, incident);
  }

  @Override
  public Outcome disarm(ClusterRef cluster, StatefulSetView seen) {
    return new StatefulSetWriter(api, cluster).disarm(seen);
  }

  @Override
  public Outcome writeInitialCluster(
      ClusterRef cluster, Optional<InitialCluster> seen, InitialCluster content) {
    return new InitialClusterWriter(api, cluster).write(seen, content);
  }

  @Override
  public Outcome restartPod(ClusterRef cluster, String pod, String uid) {
    if (cluster.ordinalOf(pod).isEmpty()) {
      return Outcome.refused("%s is no member's pod of EtcdCluster %s".formatted(pod, cluster));
    }
    Optional<Pod> live = new ClusterObjects(api, cluster).pod(pod);
    if (live.isEmpty()) {
      return Outcome.done();
    }
    if (!live.get().getMetadata().getUid().equals(uid)) {
      return anotherObject("Pod", cluster, pod, uid);
    }
    if (live.get().getMetadata().getDeletionTimestamp() != null) {
      return Outcome.done();
    }
    return delete("Pod", "pods", cluster, pod, uid);
  }

  @Override
  public Outcome discardVolume(ClusterRef cluster, String member, String uid) {
    OptionalInt ordinal = cluster.ordinalOf(member);
    if (ordinal.isEmpty()) {
      return Outcome.refused("%s is no member of EtcdCluster %s".formatted(member, cluster));
    }
    ClusterObjects objects = new ClusterObjects(api, cluster);
    String name = ClusterObjects.claimName(member);
    Optional<PersistentVolumeClaim> claim = objects.claim(name);
    if (claim.isEmpty()) {
      return Outcome.done();
    }
    if (!claim.get().getMetadata().getUid().equals(uid)) {
      return anotherObject("PersistentVolumeClaim", cluster, name, uid);
    }
    if (objects.statefulSet().map(StatefulSets::window).stream()
        .anyMatch(window -> window.contains(ordinal.getAsInt()))) {
      return Outcome.refused("the StatefulSet runs ordinal " + ordinal.getAsInt());
    }
    if (objects.pod(member).isPresent()) {
      return Outcome.refused("Pod %s/%s exists".formatted(cluster.namespace(), member));
    }
    if (claim.get().getMetadata().getDeletionTimestamp() != null) {
      return Outcome.done();
    }
    return delete("PersistentVolumeClaim", "persistentvolumeclaims", cluster, name, uid);
  }

  private Outcome delete(String kind, String plural, ClusterRef cluster, String name, String uid) {
    String path = "/api/v1/namespaces/%s/%s/%s".formatted(cluster.namespace(), plural, name);
    String what = "delete %s %s/%s".formatted(kind, cluster.namespace(), name);
    return switch (api.delete(what, path, uid)) {
      case DELETED, NOT_THERE -> Outcome.done();
      case ANOTHER_OBJECT -> anotherObject(kind, cluster, name, uid);
    };
  }

  private static Outcome anotherObject(String kind, ClusterRef cluster, String name, String uid) {
    return Outcome.refused(
        "%s %s/%s is not the one of uid %s any more"
            .formatted(kind, cluster.namespace(), name, uid));
  }
}
