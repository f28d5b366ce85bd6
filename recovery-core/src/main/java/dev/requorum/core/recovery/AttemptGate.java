package dev.requorum.core.recovery;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why the next rebuild must not be begun yet: too many were, or the last one too recently.
 *
 * @param blocked whether a human has to know
 */
record AttemptGate(Reason reason, String message, boolean blocked) {

  /** Empty where it may be begun. */
  static Optional<AttemptGate> closed(RecoveryRecord record, AttemptLimits limits, Instant at) {
    List<Instant> begun =
        Stream.concat(record.history().stream(), record.incident().stream())
            .map(Incident::startedAt)
            .flatMap(Optional::stream)
            .sorted()
            .toList();
    List<Instant> counted =
        begun.stream().filter(start -> isWithin(limits.window(), start, at)).toList();
    if (counted.size() >= limits.maxAttempts()) {
      Instant until = counted.get(counted.size() - limits.maxAttempts()).plus(limits.window());
      return Optional.of(
          new AttemptGate(
              Reason.ATTEMPTS_EXHAUSTED,
              ("%d rebuilds were begun within %s, which is as many as spec.recovery.maxAttempts"
                      + " allows. Find out why the quorum is lost again and again; the next one may"
                      + " begin at %s")
                  .formatted(counted.size(), limits.window(), until),
              true));
    }
    return begun.isEmpty()
        ? Optional.empty()
        : Optional.of(begun.get(begun.size() - 1))
            .filter(last -> isWithin(limits.coolDown(), last, at))
            .map(
                last ->
                    new AttemptGate(
                        Reason.COOLING_DOWN,
                        "the last rebuild was begun at %s; the next one may begin at %s"
                            .formatted(last, last.plus(limits.coolDown())),
                        false));
  }

  /** A start that a clock puts into the future counts. */
  private static boolean isWithin(Duration window, Instant start, Instant at) {
    return Duration.between(start, at).compareTo(window) < 0;
  }
}
