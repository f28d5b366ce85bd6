package dev.requorum.core.recovery;

import dev.requorum.ports.etcd.ProbeLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * How patient a recovery is. Every wait of the engine has its bound here.
 *
 * @param gracePeriod how long a loss is observed without interruption before anything is done where
 *     every missing voter is gone for good (S01)
 * @param downGracePeriod the same where a missing voter still has its volume and may come back with
 *     it
 * @param incidentInterval when to look again while an incident is on
 * @param calmInterval when to look again otherwise
 * @param longestCredit the most that two looks in a row add to the observed loss, however far apart
 *     they are: neither a clock that jumps nor an operator that was away ends a window by itself
 * @param lastKnownInterval how often at most a mere progress of revisions is recorded
 * @param announcementAge for how long after it came to be a thing is still announced
 * @param stepLimit after how long in one phase or step a human is told that it takes too long; the
 *     recovery stays where it is
 * @param attempts how often a cluster may be rebuilt by itself
 * @param revisionBump by how much a restore raises the revision: more than the cluster can have
 *     written since the survivor was last up to date
 */
public record RecoveryPolicy(
    Duration gracePeriod,
    Duration downGracePeriod,
    Duration incidentInterval,
    Duration calmInterval,
    Duration longestCredit,
    Duration lastKnownInterval,
    Duration announcementAge,
    Duration stepLimit,
    ProbeLimits probeLimits,
    AttemptLimits attempts,
    long revisionBump) {

  public RecoveryPolicy {
    positive(gracePeriod, "gracePeriod");
    positive(downGracePeriod, "downGracePeriod");
    positive(incidentInterval, "incidentInterval");
    positive(calmInterval, "calmInterval");
    positive(longestCredit, "longestCredit");
    positive(lastKnownInterval, "lastKnownInterval");
    positive(announcementAge, "announcementAge");
    positive(stepLimit, "stepLimit");
    Objects.requireNonNull(probeLimits, "probeLimits");
    Objects.requireNonNull(attempts, "attempts");
    if (revisionBump < 1) {
      throw new IllegalArgumentException("revisionBump must be 1 or more, not " + revisionBump);
    }
    if (downGracePeriod.compareTo(gracePeriod) < 0) {
      throw new IllegalArgumentException(
          "downGracePeriod must not be shorter than gracePeriod: %s < %s"
              .formatted(downGracePeriod, gracePeriod));
    }
  }

  /**
   * 60 s for what is gone, 10 min for what is down; looks every second during an incident, and else
   * every ten, so that what is last known is hardly older than it may be.
   */
  public static RecoveryPolicy defaults() {
    return new RecoveryPolicy(
        Duration.ofSeconds(60),
        Duration.ofMinutes(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(10),
        Duration.ofMinutes(5),
        new ProbeLimits(Duration.ofSeconds(2), Duration.ofSeconds(30)),
        AttemptLimits.defaults(),
        1_000_000_000);
  }

  /** The same with other windows. */
  public RecoveryPolicy withWindows(Duration grace, Duration downGrace) {
    return new RecoveryPolicy(
        grace,
        downGrace,
        incidentInterval,
        calmInterval,
        longestCredit,
        lastKnownInterval,
        announcementAge,
        stepLimit,
        probeLimits,
        attempts,
        revisionBump);
  }

  /** The same with other limits and another bump. */
  public RecoveryPolicy withLimits(AttemptLimits nextAttempts, long nextBump) {
    return new RecoveryPolicy(
        gracePeriod,
        downGracePeriod,
        incidentInterval,
        calmInterval,
        longestCredit,
        lastKnownInterval,
        announcementAge,
        stepLimit,
        probeLimits,
        nextAttempts,
        nextBump);
  }

  static void positive(Duration duration, String name) {
    if (Objects.requireNonNull(duration, name).isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than zero, not " + duration);
    }
  }
}
