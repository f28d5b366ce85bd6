package dev.requorum.e2e.chaos;

import dev.requorum.e2e.world.Link;
import dev.requorum.e2e.world.SlowDisk;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The faults that a plan is made of. */
enum Fault {
  /** Member processes get SIGKILL; their nodes start them again. */
  KILL(3, Aim.ANY, ProcessFaults::kill),
  /** Member processes get SIGKILL and stay down; their volumes stay. */
  HOLD_DOWN(3, Aim.ANY, ProcessFaults::holdDown),
  /** Member processes are stopped where they are (SIGSTOP). */
  PAUSE(3, Aim.ANY, ProcessFaults::pause),
  /** A member's pod and its claim are deleted by force. */
  DISK_LOST(2, Aim.DISK, DiskFaults::lose),
  /** All that is on a member's volume is removed; the claim stays. */
  DISK_EMPTIED(2, Aim.DISK, DiskFaults::empty),
  /** S24: the pods and claims of a majority are deleted until the rebuild has begun. */
  MAJORITY_LOST(2, Aim.MAJORITY_OF_DISKS, DiskFaults::loseAndHold),
  /** No packet passes between some members and the others. */
  CUT(3, Aim.MINORITY, NetworkFaults::cut),
  /** No packet passes between the operator and some members. */
  OPERATOR_CUT_OFF(2, Aim.ANY, NetworkFaults::cutFromOperator),
  /** The operator's process gets SIGKILL. */
  OPERATOR_KILLED(3, Aim.NOBODY, (arena, none) -> OperatorFaults.kill(arena)),
  /** What some members send to the others vanishes; the other way it passes. */
  ONE_WAY(3, Aim.MINORITY, NetworkFaults::cutOneWay),
  /** Hardly anything passes on some members' lines (tc's token bucket). */
  SLOW_LINES(2, Aim.ANY, SlowFaults::slowLines),
  /** Each sync of some members' disks takes its time (strace's injection). */
  SLOW_DISKS(2, Aim.ANY, SlowFaults::slowDisks),
  /** No byte more has room on some members' volumes. */
  DISKS_FULL(2, Aim.ANY, DiskFaults::fill),
  /** The operator's clock leaps ahead by more than its windows, and back. */
  CLOCK_AHEAD(1, Aim.NOBODY, (arena, none) -> OperatorFaults.clockAhead(arena)),
  /** The operator's clock leaps back by more than its windows, and ahead. */
  CLOCK_BEHIND(1, Aim.NOBODY, (arena, none) -> OperatorFaults.clockBehind(arena)),
  /**
   * Every other call of the operator to the API server fails; some are carried out all the same.
   */
  API_ERRORS(2, Aim.NOBODY, (arena, none) -> OperatorFaults.errors(arena)),
  /** Every other change that the operator wants to make is in conflict. */
  API_CONFLICTS(2, Aim.NOBODY, (arena, none) -> OperatorFaults.conflicts(arena)),
  /** The operator hears nothing on its watches. */
  WATCHES_STALLED(2, Aim.NOBODY, (arena, none) -> OperatorFaults.stallWatches(arena));

  /** Whom a fault strikes. */
  enum Aim {
    /** No member. */
    NOBODY,
    /** Any number of members, all of them included. */
    ANY,
    /** Fewer members than make a majority. */
    MINORITY,
    /** One member whose disk may be lost. */
    DISK,
    /** As many members whose disks may be lost as leave no quorum. */
    MAJORITY_OF_DISKS
  }

  /** How a fault strikes. */
  @FunctionalInterface
  interface Strike {

    /** Returns when it has struck, with what ends it. */
    Lift at(Arena arena, List<Integer> members);
  }

  private final int weight;
  private final Aim aim;
  private final Strike strike;

  Fault(int weight, Aim aim, Strike strike) {
    this.weight = weight;
    this.aim = Objects.requireNonNull(aim, "aim");
    this.strike = Objects.requireNonNull(strike, "strike");
  }

  /** How often it is drawn, against the others. */
  int weight() {
    return weight;
  }

  Aim aim() {
    return aim;
  }

  /** What is missing on this machine for it; empty where it can be struck. */
  Optional<String> missing() {
    return switch (this) {
      case SLOW_LINES ->
          Link.canBeSlow()
              ? Optional.empty()
              : Optional.of("the kernel or tc (iproute2) has no token bucket filter");
      case SLOW_DISKS ->
          SlowDisk.isAvailable()
              ? Optional.empty()
              : Optional.of("there is no strace, or it may not attach itself to a process");
      case KILL,
          HOLD_DOWN,
          PAUSE,
          DISK_LOST,
          DISK_EMPTIED,
          MAJORITY_LOST,
          CUT,
          OPERATOR_CUT_OFF,
          OPERATOR_KILLED,
          ONE_WAY,
          DISKS_FULL,
          CLOCK_AHEAD,
          CLOCK_BEHIND,
          API_ERRORS,
          API_CONFLICTS,
          WATCHES_STALLED ->
          Optional.empty();
    };
  }

  Lift strike(Arena arena, List<Integer> members) {
    return strike.at(arena, members);
  }
}
