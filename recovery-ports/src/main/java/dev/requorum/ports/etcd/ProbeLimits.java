package dev.requorum.ports.etcd;

import java.time.Duration;

/**
 * How long a probe may take.
 *
 * @param perMember for each member's own answers; members are asked side by side, so one dead
 *     address delays nobody
 * @param memberList for the linearizable member list (S05: at most 30 s)
 */
public record ProbeLimits(Duration perMember, Duration memberList) {

  public ProbeLimits {
    requirePositive(perMember, "perMember");
    requirePositive(memberList, "memberList");
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than zero, not " + duration);
    }
  }
}
