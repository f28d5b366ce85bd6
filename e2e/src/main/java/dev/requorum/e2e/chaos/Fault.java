package dev.requorum.e2e.chaos;

import java.util.List;
import java.util.Objects;

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
  OPERATOR_KILLED(3, Aim.NOBODY, (arena, none) -> OperatorFaults.kill(arena));

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

  Lift strike(Arena arena, List<Integer> members) {
    return strike.at(arena, members);
  }
}
