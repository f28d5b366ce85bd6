package dev.requorum.e2e.scenario;

/**
 * What can be done to the nodes of a site behind Kubernetes' back. The API server finds out for
 * itself, or doesn't.
 */
interface Nodes {

  /**
   * The tag of scenarios in which nodes fall silent. On a cluster they take minutes, most of them
   * Kubernetes': {@code make test} plays them in the local world only, {@code make e2e} there.
   */
  String SILENT = "silent-nodes";

  /**
   * The nodes of the stage's site.
   *
   * <p>A scenario on a cluster that is not our own is aborted: nobody may do such things there.
   */
  static Nodes of(Stage stage) {
    return stage.site() instanceof LocalSite local
        ? new WorldNodes(local.world())
        : OwnNodes.required();
  }

  /** The node loses its power: when this returns its processes are dead, those of pods included. */
  void powerOff(String node);

  /** The node boots, and starts again those of its pods that the API server still has. */
  void powerOn(String node);

  /**
   * What the node says to the API server vanishes. Its pods go on, and reach whom they reached; it
   * goes on to start their containers.
   */
  void silence(String node);

  /** Takes back what {@link #silence} did. */
  void hear(String node);

  /**
   * Ends a member's process at once and keeps its node from starting it again, and its successors'
   * from starting theirs. The pod stays in the API.
   */
  void hold(TestCluster cluster, int ordinal);

  /** Lets a member's process be started again. */
  void release(TestCluster cluster, int ordinal);

  /** The StorageClass of volumes that are within reach of one node alone. */
  String storageClass();

  /**
   * Runs etcdctl against a member's process, whether or not the API still has its pod, and returns
   * what it printed.
   *
   * @throws RuntimeException where etcdctl fails, or no process of the member runs
   */
  String etcdctl(TestCluster cluster, int ordinal, String... arguments);

  /** What a member's process has logged, whether or not the API still has its pod. */
  String log(TestCluster cluster, int ordinal);
}
