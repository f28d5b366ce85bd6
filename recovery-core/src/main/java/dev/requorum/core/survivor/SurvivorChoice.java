package dev.requorum.core.survivor;

import dev.requorum.core.quorum.Absence;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Freshness;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Survivor;
import java.util.Comparator;
import java.util.Optional;

/**
 * Chooses the voter to rebuild from.
 *
 * <p>All voters that answer are ranked by raft term, raft index and revision, and the lowest
 * ordinal wins a tie. Never chosen: learners (they are no voters), members of another cluster (they
 * do not count as answering), members whose data is empty, was replaced, or is reported corrupt,
 * and members whose name is not one of the cluster's pods.
 *
 * <p>Where no voter answers, one that was restarted without a quorum may be chosen; what it has is
 * not known then, but what it had when it was last seen ({@link Survivor.Basis#LAST_SEEN}).
 *
 * <p>Not guaranteed: that the survivor has every acknowledged write. The raft index is the
 * committed one; etcd does not tell the length of a member's uncommitted log tail.
 */
public final class SurvivorChoice {

  private SurvivorChoice() {}

  /** The freshest qualified voter; empty where none qualifies. */
  public static Optional<Survivor> choose(
      ClusterRef cluster, Assessment assessment, LastKnown known, WorkloadView workload) {
    return assessment.up().isEmpty()
        ? WaitingVoter.choose(cluster, assessment, known)
        : freshest(cluster, assessment, known, workload);
  }

  /** Why none was chosen, and what a human can do. */
  public static String whyNone(Assessment assessment) {
    return WaitingVoter.whyNone(assessment);
  }

  private static Optional<Survivor> freshest(
      ClusterRef cluster, Assessment assessment, LastKnown known, WorkloadView workload) {
    Comparator<Voter> freshestLast =
        Comparator.comparing((Voter voter) -> voter.status().orElseThrow(), Freshness.ORDER)
            .thenComparing(voter -> -cluster.ordinalOf(voter.name()).orElseThrow());
    return assessment.up().stream()
        .filter(voter -> hasItsData(voter, known, workload))
        .filter(voter -> cluster.ordinalOf(voter.name()).isPresent())
        .max(freshestLast)
        .map(voter -> asSurvivor(cluster, voter));
  }

  private static boolean hasItsData(Voter voter, LastKnown known, WorkloadView workload) {
    MemberStatus status = voter.status().orElseThrow();
    boolean empty = status.raftIndex() == 0 || status.revision() == 0;
    boolean corrupt = status.errors().stream().anyMatch(error -> error.contains("CORRUPT"));
    boolean replaced = Absence.volumeLost(voter.name(), known.member(voter.id()), workload);
    return !empty && !corrupt && !replaced && !status.learner();
  }

  private static Survivor asSurvivor(ClusterRef cluster, Voter voter) {
    MemberStatus status = voter.status().orElseThrow();
    return new Survivor(
        voter.id(),
        voter.name(),
        cluster.ordinalOf(voter.name()).orElseThrow(),
        status.raftTerm(),
        status.raftIndex(),
        status.revision());
  }
}
