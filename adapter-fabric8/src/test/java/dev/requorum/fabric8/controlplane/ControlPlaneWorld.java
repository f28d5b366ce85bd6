package dev.requorum.fabric8.controlplane;

import dev.requorum.fabric8.Fabric8Workload;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.kubernetes.WorkloadWorld;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The world of the workload's contract on a real control plane: a namespace for each cluster. */
public final class ControlPlaneWorld implements WorkloadWorld {

  private static final AtomicInteger CLUSTERS = new AtomicInteger();

  private final ControlPlane plane = ControlPlane.shared();
  private final KubernetesClient admin = plane.admin();

  @Override
  public Workload workload() {
    return new Fabric8Workload(plane.operator());
  }

  @Override
  public Workload blindTo(WorkloadPart part) {
    String resource =
        switch (part) {
          case STATEFUL_SET -> "statefulsets";
          case PODS -> "pods";
          case VOLUMES -> "persistentvolumeclaims";
          case NODES -> "nodes";
          case INITIAL_CLUSTER -> "configmaps";
        };
    return new Fabric8Workload(plane.operatorWithout(resource));
  }

  @Override
  public ClusterRef cluster(int size) {
    ClusterRef cluster = nothing();
    populate(cluster, size, "statefulset.yaml");
    return cluster;
  }

  /**
   * Makes the cluster where there is nothing yet.
   *
   * @param manifest a test resource: the StatefulSet, but for its name and size
   */
  public void populate(ClusterRef cluster, int size, String manifest) {
    Manifests.createCluster(admin, cluster);
    Manifests.createStatefulSet(admin, cluster, size, manifest);
    settle(cluster);
  }

  @Override
  public ClusterRef nothing() {
    ClusterRef cluster = new ClusterRef("w" + CLUSTERS.incrementAndGet(), "demo");
    Manifests.createNamespace(admin, cluster.namespace());
    return cluster;
  }

  @Override
  public void settle(ClusterRef cluster) {
    plane.resumeControllers();
    Kubelets kubelets = new Kubelets(admin, cluster.namespace());
    Await.until(
        "cluster " + cluster + " settles",
        () -> {
          kubelets.act();
          return unsettled(cluster);
        });
  }

  @Override
  public void changeSpec(ClusterRef cluster) {
    OnConflict.again(
        () ->
            statefulSet(cluster)
                .edit(
                    set ->
                        new StatefulSetBuilder(set)
                            .editSpec()
                            .withRevisionHistoryLimit(
                                Optional.ofNullable(set.getSpec().getRevisionHistoryLimit())
                                        .orElse(10)
                                    + 1)
                            .endSpec()
                            .build()));
  }

  @Override
  public void changeStatus(ClusterRef cluster) {
    OnConflict.again(
        () ->
            statefulSet(cluster)
                .editStatus(
                    set ->
                        new StatefulSetBuilder(set)
                            .editStatus()
                            .addNewCondition()
                            .withType("Touched")
                            .withStatus("True")
                            .endCondition()
                            .endStatus()
                            .build()));
  }

  @Override
  public void deletePod(ClusterRef cluster, String pod) {
    plane.pauseControllers();
    admin.pods().inNamespace(cluster.namespace()).withName(pod).withGracePeriod(0).delete();
  }

  @Override
  public void deletePodAndVolume(ClusterRef cluster, String member) {
    deletePod(cluster, member);
    admin
        .persistentVolumeClaims()
        .inNamespace(cluster.namespace())
        .withName("etcd-data-" + member)
        .delete();
  }

  @Override
  public void crash(ClusterRef cluster, String pod, String reason) {
    new Kubelets(admin, cluster.namespace())
        .crash(admin.pods().inNamespace(cluster.namespace()).withName(pod).get(), reason);
  }

  @Override
  public void removeNode(String node) {
    admin.nodes().withName(node).delete();
  }

  @Override
  public void silence(String node) {
    new Kubelets(admin, "any").heartbeat(node, "Unknown");
  }

  @Override
  public void takeOutOfService(String node) {
    OnConflict.again(
        () ->
            admin
                .nodes()
                .withName(node)
                .edit(
                    now -> {
                      now.getSpec()
                          .setTaints(
                              List.of(
                                  new Taint(
                                      "NoExecute",
                                      "node.kubernetes.io/out-of-service",
                                      null,
                                      "nodeshutdown")));
                      return now;
                    }));
  }

  @Override
  public void editInitialCluster(ClusterRef cluster, String members) {
    admin
        .configMaps()
        .inNamespace(cluster.namespace())
        .withName(cluster.name() + "-state")
        .edit(
            now -> {
              now.getData().put("ETCD_INITIAL_CLUSTER", members);
              return now;
            });
  }

  @Override
  public Object restOfSpec(ClusterRef cluster) {
    StatefulSet set = statefulSet(cluster).get();
    set.getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getArgs()
        .remove("--force-new-cluster");
    set.getMetadata().getAnnotations().remove("operator.etcd.io/force-new-cluster");
    return Map.of(
        "spec", Serialization.asJson(set.getSpec()),
        "labels", set.getMetadata().getLabels(),
        "annotations", set.getMetadata().getAnnotations());
  }

  private Optional<String> unsettled(ClusterRef cluster) {
    StatefulSet set = statefulSet(cluster).get();
    int start = set.getSpec().getOrdinals() == null ? 0 : set.getSpec().getOrdinals().getStart();
    Set<String> wanted =
        IntStream.range(start, start + set.getSpec().getReplicas())
            .mapToObj(cluster::memberName)
            .collect(Collectors.toSet());
    List<Pod> pods = admin.pods().inNamespace(cluster.namespace()).list().getItems();
    Set<String> running =
        pods.stream()
            .filter(Kubelets::isReady)
            .map(pod -> pod.getMetadata().getName())
            .collect(Collectors.toSet());
    boolean claimsSettled =
        admin.persistentVolumeClaims().inNamespace(cluster.namespace()).list().getItems().stream()
            .allMatch(
                claim ->
                    claim.getMetadata().getDeletionTimestamp() == null
                        && "Bound".equals(claim.getStatus().getPhase()));
    Long observed = set.getStatus().getObservedGeneration();
    boolean settled =
        running.equals(wanted)
            && pods.size() == wanted.size()
            && pods.stream().allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null)
            && claimsSettled
            && set.getMetadata().getGeneration().equals(observed);
    return settled
        ? Optional.empty()
        : Optional.of(
            "wanted %s, running %s of %d pods, claims settled: %s, generation %d observed %d"
                .formatted(
                    wanted,
                    running,
                    pods.size(),
                    claimsSettled,
                    set.getMetadata().getGeneration(),
                    observed));
  }

  private RollableScalableResource<StatefulSet> statefulSet(ClusterRef cluster) {
    return admin.apps().statefulSets().inNamespace(cluster.namespace()).withName(cluster.name());
  }
}
