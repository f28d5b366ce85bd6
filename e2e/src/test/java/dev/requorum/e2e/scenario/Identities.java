package dev.requorum.e2e.scenario;

import java.util.List;

/** What a rebuild would replace: when all of it is the same as before, nothing was touched. */
final class Identities {

  private Identities() {}

  /** The uids of all members' pods and claims, and the StatefulSet's generation. */
  static List<String> of(TestCluster cluster, int size) {
    long generation = cluster.statefulSet().getMetadata().getGeneration();
    return TestCluster.ordinals(size).stream()
        .map(
            ordinal ->
                "%d %s %s"
                    .formatted(generation, cluster.claimUid(ordinal), podUid(cluster, ordinal)))
        .toList();
  }

  private static String podUid(TestCluster cluster, int ordinal) {
    return cluster
        .client()
        .pods()
        .inNamespace(cluster.namespace())
        .withName(cluster.pod(ordinal))
        .require()
        .getMetadata()
        .getUid();
  }
}
