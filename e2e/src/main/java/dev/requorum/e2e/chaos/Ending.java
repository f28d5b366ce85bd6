package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** How a cluster ends once nothing strikes it any more. */
sealed interface Ending {

  /** All members are voters and healthy, and nothing is left to do. */
  record Healthy() implements Ending {}

  /**
   * No survivor was left, and the operator says so.
   *
   * @param reason of condition RecoveryBlocked
   */
  record Blocked(String reason, String message, Survivors left) implements Ending {}

  /** What may be said where no survivor is left. */
  Set<String> REASONS = Set.of("NoSurvivor", "MemberUnreachable", "SingleMember");

  /** Generous: a rebuild takes about half a minute, and each bound in it restarts it at most. */
  Duration LIMIT = Duration.ofMinutes(6);

  /** For so long nothing may change any more where nobody can be rebuilt from. */
  Duration STABLE = Duration.ofSeconds(20);

  /**
   * Waits for it. What the operator last saw while faults went on does not count: clients still
   * write, so that it has news to record.
   *
   * @throws AssertionError where it does not come, with the state
   */
  static Ending await(Arena arena) {
    BlockedFor blocked = new BlockedFor();
    Instant over = Instant.now();
    return Await.untilPresent(
        "a healthy cluster, or RecoveryBlocked with one of %s and no survivor left"
            .formatted(REASONS),
        LIMIT,
        () -> {
          try {
            Human.act(arena);
            return isHealthy(arena, over) ? Optional.of(new Healthy()) : blocked.look(arena);
          } catch (KubernetesClientException busy) {
            return Optional.empty();
          }
        },
        () -> "%s; left: %s".formatted(arena.cluster().describe(), Survivors.of(arena)));
  }

  private static boolean isHealthy(Arena arena, Instant over) {
    TestCluster cluster = arena.cluster();
    return cluster.isHealthy(arena.size())
        && Set.of("", "Completed").contains(cluster.phase())
        && cluster.recovery().lastKnown.members.stream()
            .allMatch(member -> Instant.parse(member.seenAt).isAfter(over))
        && TestCluster.ordinals(arena.size()).stream().allMatch(arena::serves);
  }

  /** Tells a state that lasts from one that is passed through. */
  final class BlockedFor {
    private Optional<Blocked> last = Optional.empty();
    private Instant since = Instant.MAX;

    private Optional<Ending> look(Arena arena) {
      Optional<Blocked> now = blocked(arena);
      if (now.isEmpty() || !now.map(Blocked::reason).equals(last.map(Blocked::reason))) {
        since = Instant.now();
      }
      last = now;
      return now.filter(state -> Instant.now().isAfter(since.plus(STABLE))).map(state -> state);
    }

    private static Optional<Blocked> blocked(Arena arena) {
      return arena
          .cluster()
          .conditionObject("RecoveryBlocked")
          .filter(condition -> condition.getStatus().equals("True"))
          .filter(condition -> REASONS.contains(condition.getReason()))
          .flatMap(condition -> withoutSurvivor(arena, condition));
    }

    private static Optional<Blocked> withoutSurvivor(Arena arena, Condition condition) {
      Survivors left = Survivors.of(arena);
      return left.suffice()
          ? Optional.empty()
          : Optional.of(new Blocked(condition.getReason(), condition.getMessage(), left));
    }
  }
}
