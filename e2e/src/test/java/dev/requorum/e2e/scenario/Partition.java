package dev.requorum.e2e.scenario;

import java.util.List;

/**
 * Two groups between which no packet passes, in either direction and without an answer, until it is
 * closed. Kubernetes' API server and its nodes are in neither: they see both.
 */
interface Partition extends AutoCloseable {

  /**
   * Cuts these members off from those, and all their successors; the operator sees both.
   *
   * <p>A scenario on a cluster that is not our own is aborted: nobody may cut its network.
   */
  static Partition between(
      Stage stage, TestCluster cluster, List<Integer> here, List<Integer> there) {
    return stage.site() instanceof LocalSite local
        ? WorldPartition.between(local.world(), cluster, here, there)
        : ClusterPartition.between(stage, cluster, here, there);
  }

  /** Cuts the operator of the stage and these members off from those, and all their successors. */
  static Partition betweenOperatorWith(
      Stage stage, TestCluster cluster, List<Integer> here, List<Integer> there) {
    return stage.site() instanceof LocalSite local
        ? WorldPartition.betweenOperatorWith(local.world(), cluster, here, there)
        : ClusterPartition.betweenOperatorWith(stage, cluster, here, there);
  }

  /** The cut heals. */
  @Override
  void close();
}
