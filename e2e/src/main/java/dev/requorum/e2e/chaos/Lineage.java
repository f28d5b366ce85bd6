package dev.requorum.e2e.chaos;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which cluster serves, and which did before it. Once a member of another cluster has served, no
 * member that is asked later may serve for the former one: its clients would go on writing to what
 * is lost.
 */
final class Lineage {

  private final Map<String, Instant> successorSeenAt = new LinkedHashMap<>();
  private Optional<String> current = Optional.empty();

  /**
   * Takes a member's answer.
   *
   * @param asked when it was asked
   * @param answered when the answer was there
   * @return what is wrong with it
   */
  synchronized Optional<String> take(
      String member, Gateway.Status status, Instant asked, Instant answered) {
    if (!status.serves()) {
      return Optional.empty();
    }
    String cluster = status.clusterId();
    Instant successor = successorSeenAt.get(cluster);
    if (successor != null) {
      return asked.isAfter(successor)
          ? Optional.of(
              "%s serves as cluster %s at %s, though cluster %s served at %s"
                  .formatted(member, cluster, asked, current.orElseThrow(), successor))
          : Optional.empty();
    }
    current
        .filter(former -> !former.equals(cluster))
        .ifPresent(former -> successorSeenAt.put(former, answered));
    current = Optional.of(cluster);
    return Optional.empty();
  }

  /** How many clusters have served, one after the other. */
  synchronized int clusters() {
    return successorSeenAt.size() + (current.isPresent() ? 1 : 0);
  }
}
