package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.World;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A Kubernetes that scenarios are played on: all that they need of it, so that the same words tell
 * them on any.
 */
public interface Site extends AutoCloseable {

  /** The environment variable that chooses the site: {@code local} (where not set) or cluster. */
  String CHOICE = "REQUORUM_SITE";

  /** The choice of the local world. */
  String LOCAL = "local";

  /** The choice of the cluster that {@code $KUBECONFIG} names. */
  String CLUSTER = "cluster";

  /**
   * Opens the site that {@link #CHOICE} names.
   *
   * @param world starts the local world, where that is the site; it is closed with the site
   * @throws IllegalStateException where the site named does not exist or cannot be had
   */
  static Site open(Supplier<World> world) {
    return switch (choice()) {
      case LOCAL -> LocalSite.in(world.get());
      case CLUSTER -> ClusterSite.open();
      default ->
          throw new IllegalStateException(
              "%s must be local or cluster, not '%s'".formatted(CHOICE, choice()));
    };
  }

  /** Whether {@link #CHOICE} names the cluster. */
  static boolean isCluster() {
    return choice().equals(CLUSTER);
  }

  private static String choice() {
    return Optional.ofNullable(System.getenv(CHOICE)).filter(v -> !v.isBlank()).orElse(LOCAL);
  }

  /** A client with all rights. */
  KubernetesClient client();

  /**
   * Creates a namespace.
   *
   * @return its name, which begins or ends with the one asked for
   */
  String createNamespace(String name);

  /** Deletes a namespace that {@link #createNamespace} made; does not wait until it is gone. */
  void deleteNamespace(String namespace);

  /** The operator that serves the namespace, started where none did. */
  OperatorHandle operator(String namespace);

  /** Where that operator's Lease is, and on a cluster its Deployment and its pods. */
  String operatorNamespace(String namespace);

  /**
   * A client with the rights of the operator that serves the namespace and no others, for some
   * minutes.
   */
  KubernetesClient asOperator(String namespace);

  /**
   * Runs etcdctl against the member of one pod alone and returns what it printed.
   *
   * @throws RuntimeException where etcdctl fails, with what it said
   */
  String etcdctl(String namespace, String pod, String... arguments);

  /**
   * Runs etcdutl in the container of a pod that runs, with its root file system, and returns what
   * it printed.
   *
   * @throws RuntimeException where etcdutl fails, with what it said
   */
  String etcdutl(String namespace, String pod, String... arguments);

  /**
   * Ends a pod's process at once and keeps it and its successors from running; its volume stays.
   * The process is gone when this returns.
   */
  void holdDown(String namespace, String pod);

  /** Lets the pods of this name run again. */
  void release(String namespace, String pod);

  /** Ends or removes what the opening of the site started, but not what a user would keep. */
  @Override
  void close();
}
