package dev.requorum.core.recovery;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Bounds how often a cluster is rebuilt: so many within a window, and not one upon another. */
final class AttemptGate {

  private AttemptGate() {}

  /** Why the next rebuild must not be begun yet; empty where it may be. */
  static Optional<Hold> closed(RecoveryRecord record, AttemptLimits limits, Instant at) {
    List<Instant> begun =
        Stream.concat(record.history().stream(), record.incident().stream())
            .map(Incident::startedAt)
            .flatMap(Optional::stream)
            .sorted()
            .toList();
    List<Instant> counted =
        begun.stream().filter(start -> counts(limits.window(), start, at)).toList();
    if (counted.size() >= limits.maxAttempts()) {
      return Optional.of(exhausted(counted, limits));
    }
    return begun.stream()
        .reduce((earlier, later) -> later)
        .filter(last -> counts(limits.coolDown(), last, at))
        .map(last -> coolingDown(last, limits));
  }

  /** True for what was begun less than so long ago. What a clock puts into the future counts. */
  static boolean counts(Duration window, Instant start, Instant at) {
    return Duration.between(start, at).compareTo(window) < 0;
  }

  private static Hold exhausted(List<Instant> counted, AttemptLimits limits) {
    Instant until = counted.get(counted.size() - limits.maxAttempts()).plus(limits.window());
    return new Hold(
        Reason.ATTEMPTS_EXHAUSTED,
        ("%d rebuilds were begun since %s; spec.recovery.maxAttempts allows %d within %d s"
                + " (spec.recovery.attemptWindow). Find out why the quorum is lost again and again."
                + " The next one may begin at %s; if it must be sooner, raise"
                + " spec.recovery.maxAttempts (at most %d)")
            .formatted(
                counted.size(),
                counted.get(0),
                limits.maxAttempts(),
                limits.window().toSeconds(),
                until,
                AttemptLimits.MOST),
        true);
  }

  private static Hold coolingDown(Instant last, AttemptLimits limits) {
    return new Hold(
        Reason.COOLING_DOWN,
        "the last rebuild was begun at %s; the next one may begin at %s (spec.recovery.coolDown)"
            .formatted(last, last.plus(limits.coolDown())),
        false);
  }
}
