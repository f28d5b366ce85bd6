package dev.requorum.core.quorum;

import dev.requorum.ports.etcd.MemberStatus;
import java.util.Comparator;

/** Which of two members has seen more of the cluster's history: raft term, raft index, revision. */
public final class Freshness {

  /** Ascending: the freshest comes last. */
  public static final Comparator<MemberStatus> ORDER =
      Comparator.comparingLong(MemberStatus::raftTerm)
          .thenComparingLong(MemberStatus::raftIndex)
          .thenComparingLong(MemberStatus::revision);

  private Freshness() {}
}
