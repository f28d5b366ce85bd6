package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.fabric8.status.RecoveryStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** Does what docs/operating.md asks a human to do once the faults are over. */
final class Human {

  private Human() {}

  static void act(Arena arena) {
    haveRestoredAgain(arena.cluster());
    haveReplaced(arena);
  }

  /** A restore failed as often as is tried, as it does on a full disk. */
  private static void haveRestoredAgain(TestCluster cluster) {
    boolean asked =
        cluster
            .conditionObject("RecoveryBlocked")
            .filter(condition -> condition.getStatus().equals("True"))
            .filter(condition -> condition.getReason().equals("RestoreFailed"))
            .isPresent();
    Optional<Pod> failed =
        pod(cluster, cluster.name() + "-restore")
            .filter(pod -> "Failed".equals(pod.getStatus().getPhase()));
    if (asked && failed.isPresent()) {
      cluster.client().resource(failed.get()).delete();
    }
  }

  /**
   * A member whose volume was emptied cannot start, and Kubernetes does not tell: its claim stayed.
   * While the others have a quorum its claim and its pod are deleted.
   */
  private static void haveReplaced(Arena arena) {
    TestCluster cluster = arena.cluster();
    if (!cluster.condition("Available").equals("True")
        || !cluster.phase().isEmpty() && !cluster.phase().equals("Completed")) {
      return;
    }
    for (RecoveryStatus.KnownMember member : cluster.recovery().lastKnown.members) {
      if (arena.struck().wasEmptied(member.memberId) && crashes(cluster, member.name)) {
        DiskFaults.lose(arena, List.of(Survivors.ordinal(member)));
      }
    }
  }

  private static boolean crashes(TestCluster cluster, String name) {
    return pod(cluster, name).stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .map(container -> container.getState().getWaiting())
        .anyMatch(waiting -> waiting != null && "CrashLoopBackOff".equals(waiting.getReason()));
  }

  private static Optional<Pod> pod(TestCluster cluster, String name) {
    return Optional.ofNullable(
        cluster.client().pods().inNamespace(cluster.namespace()).withName(name).get());
  }
}
