package dev.requorum.core.recovery;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bounds how often a cluster is rebuilt: so many within a window, and not one upon another. */
final class AttemptGate {

  private AttemptGate() {}

  /** Why the next rebuild must not be begun yet; empty where it may be. */
  static Optional<Hold> closed(RecoveryRecord record, AttemptLimits limits, Instant at) {
    Attempts attempts = Attempts.of(record);
    return attempts
        .afterWindow(limits, at)
        .map(until -> exhausted(attempts.counted(limits, at), limits, until))
        .or(
            () ->
                attempts
                    .last()
                    .filter(last -> Attempts.counts(limits.coolDown(), last, at))
                    .map(last -> coolingDown(last, attempts.afterCoolDown(limits).orElseThrow())));
  }

  private static Hold exhausted(List<Instant> counted, AttemptLimits limits, Instant until) {
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

  private static Hold coolingDown(Instant last, Instant until) {
    return new Hold(
        Reason.COOLING_DOWN,
        "the last rebuild was begun at %s; the next one may begin at %s (spec.recovery.coolDown)"
            .formatted(last, until),
        false);
  }
}
