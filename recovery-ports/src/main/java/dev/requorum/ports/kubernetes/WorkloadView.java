package dev.requorum.ports.kubernetes;

import dev.requorum.ports.Fact;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Kubernetes' view of a cluster at one look. Each part is unknown where it could not be read.
 *
 * @param statefulSet a known empty where there is none
 * @param pods those of the cluster's StatefulSet, whatever their ordinal
 * @param volumes the claims of the cluster's members, also of those that have no pod
 * @param nodes all nodes that exist, so that the node of a pod that vanished can be looked up too;
 *     a node missing here is gone
 * @param initialCluster a known empty where the ConfigMap is not there
 */
public record WorkloadView(
    Fact<Optional<StatefulSetView>> statefulSet,
    Fact<List<PodView>> pods,
    Fact<List<VolumeView>> volumes,
    Fact<List<NodeView>> nodes,
    Fact<Optional<InitialCluster>> initialCluster) {

  public WorkloadView {
    Objects.requireNonNull(statefulSet, "statefulSet");
    Objects.requireNonNull(initialCluster, "initialCluster");
    pods = pods.map(List::copyOf);
    volumes = volumes.map(List::copyOf);
    nodes = nodes.map(List::copyOf);
  }

  /** The pod of this name; empty where there is none or where pods are unknown. */
  public Optional<PodView> pod(String name) {
    return pods.value()
        .flatMap(list -> list.stream().filter(p -> p.name().equals(name)).findFirst());
  }

  /** The claim of this member; empty where there is none or where claims are unknown. */
  public Optional<VolumeView> volume(String member) {
    return volumes
        .value()
        .flatMap(list -> list.stream().filter(v -> v.member().equals(member)).findFirst());
  }

  /**
   * The member's claim where it is marked for deletion, so that it goes with its pod; empty where
   * it is not or where claims are unknown.
   */
  public Optional<String> doomedClaim(String member) {
    return volume(member).filter(VolumeView::terminating).map(VolumeView::claim);
  }

  /** The node of this name; empty where it is gone or where nodes are unknown. */
  public Optional<NodeView> node(String name) {
    return nodes
        .value()
        .flatMap(list -> list.stream().filter(n -> n.name().equals(name)).findFirst());
  }
}
