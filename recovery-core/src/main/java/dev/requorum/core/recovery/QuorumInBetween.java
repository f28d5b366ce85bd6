package dev.requorum.core.recovery;

import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.Missing;

/** Whether there was a quorum between two looks, though neither of them saw one. */
final class QuorumInBetween {

  private QuorumInBetween() {}

  /**
   * Two things prove it: a commit index higher than any before, and an answer of a voter that did
   * not run before, since etcd serves nobody until it has seen a leader.
   */
  static boolean isProven(LossEvidence before, Assessment now) {
    boolean committed = before.raftIndex() > 0 && Incidents.highestIndex(now) > before.raftIndex();
    return committed
        || before.missing().stream()
            .filter(voter -> voter.missing() == Missing.DOWN)
            .anyMatch(voter -> now.voter(voter.id()).filter(Voter::isUp).isPresent());
  }
}
