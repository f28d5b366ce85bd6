package dev.requorum.operator.explain;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.MissingVoter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * For how long the loss of a Detecting incident has to be observed, and how much of that is over.
 *
 * @param down the members that may come back with their volumes; where there is none, the shorter
 *     window runs
 * @param lastLook when the operator last looked
 * @param longestCredit the most that the next look adds, however late it comes
 */
record GraceWindow(
    List<String> down,
    Duration length,
    Duration observed,
    Instant lastLook,
    Duration longestCredit) {

  /** An operator that looks every second and was not heard of for so long does not run. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  static GraceWindow of(Incident incident, RecoveryPolicy policy) {
    List<String> down =
        incident.evidence().missing().stream()
            .filter(voter -> voter.missing() == Missing.DOWN)
            .map(MissingVoter::name)
            .toList();
    return new GraceWindow(
        down,
        down.isEmpty() ? policy.gracePeriod() : policy.downGracePeriod(),
        incident.evidence().observedLost(),
        incident.evidence().lastLook(),
        policy.longestCredit());
  }

  /** The field of the manifest that sets its length. */
  String field() {
    return down.isEmpty() ? "spec.recovery.gracePeriod" : "spec.recovery.downGracePeriod";
  }

  boolean isOver() {
    return observed.compareTo(length) >= 0;
  }

  Duration left() {
    return isOver() ? Duration.ZERO : length.minus(observed);
  }

  /** When it is over if the loss is seen from now on without interruption. */
  Instant end(Instant now) {
    Duration since = Duration.between(lastLook, now);
    Duration credit =
        since.isNegative() || since.compareTo(longestCredit) < 0 ? since : longestCredit;
    return now.plus(left()).minus(credit);
  }

  /** True where the operator has not looked for so long that it may not be running. */
  boolean unwatched(Instant now) {
    return Duration.between(lastLook, now).compareTo(SILENCE) > 0;
  }
}
