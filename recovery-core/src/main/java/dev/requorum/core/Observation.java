package dev.requorum.core;

import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.Fact;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.PreservedCopy;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that one turn decides upon: what was asked for, and what both witnesses saw.
 *
 * @param at when the look was over; the only time that a decision knows
 * @param preservedCopy the copy made for the current incident; unknown where it was not looked for
 * @param restore the restore that is under way or has ended; unknown where it was not looked for
 */
public record Observation(
    Instant at,
    ClusterGoal goal,
    WorkloadView workload,
    EtcdView etcd,
    Fact<Optional<PreservedCopy>> preservedCopy,
    Fact<Optional<RestoreView>> restore) {

  /** Without a look for a restore. */
  public Observation(
      Instant at,
      ClusterGoal goal,
      WorkloadView workload,
      EtcdView etcd,
      Fact<Optional<PreservedCopy>> preservedCopy) {
    this(at, goal, workload, etcd, preservedCopy, Fact.unknown("not looked for"));
  }

  public Observation {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(goal, "goal");
    Objects.requireNonNull(workload, "workload");
    Objects.requireNonNull(etcd, "etcd");
    Objects.requireNonNull(preservedCopy, "preservedCopy");
    Objects.requireNonNull(restore, "restore");
  }
}
