package dev.requorum.e2e.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One fault of a plan.
 *
 * @param members whom it strikes; empty where it is not about members
 * @param moment what is awaited before it
 * @param tries so many writes are tried at least before the plan goes on
 * @param linger for so long at least it then does not
 * @param overlap how many further steps it lasts, where it lasts at all
 */
record Step(
    Fault fault, List<Integer> members, Moment moment, int tries, Duration linger, int overlap) {

  /** What is awaited, for a while, before a fault strikes. */
  enum Moment {
    /** Nothing. */
    AT_ONCE,
    /** The operator has seen a loss. */
    DETECTING,
    /** A rebuild is under way. */
    REBUILDING,
    /** Members are being added back. */
    SCALING_OUT
  }

  Step {
    Objects.requireNonNull(fault, "fault");
    members = List.copyOf(members);
    Objects.requireNonNull(moment, "moment");
    Objects.requireNonNull(linger, "linger");
    if (tries < 0 || overlap < 0) {
      throw new IllegalArgumentException(
          "tries and overlap must not be negative, not %d and %d".formatted(tries, overlap));
    }
  }

  @Override
  public String toString() {
    String whom = members.isEmpty() ? "" : " " + members;
    String when = moment == Moment.AT_ONCE ? "" : " when " + moment;
    return "%s%s%s, then %d s and %d writes at least; lasts %d more steps"
        .formatted(fault, whom, when, linger.toSeconds(), tries, overlap);
  }
}
