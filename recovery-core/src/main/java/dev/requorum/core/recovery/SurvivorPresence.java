package dev.requorum.core.recovery;

import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.record.Missing;
import java.util.Optional;

/**
 * Whether the very member of the plan is there at one look: what it says of itself, and what
 * Kubernetes says where it does not answer.
 */
record SurvivorPresence(Optional<Voter> voter, Optional<MemberStatus> whoAnswers) {

  static SurvivorPresence in(RebuildScene scene) {
    return new SurvivorPresence(
        scene.assessment().voter(scene.survivor().id()),
        scene.seen().etcd().status(scene.survivor().name()));
  }

  /** It answers as itself, a member of this cluster. */
  boolean answers() {
    return voter.filter(Voter::isUp).isPresent();
  }

  /**
   * It was restarted without a quorum: an etcd of this cluster runs on its volume, and serves no
   * clients before it has seen a leader. It cannot be asked which member it is.
   */
  boolean awaitsLeader() {
    return voter.filter(Voter::awaitsLeader).isPresent();
  }

  /** Somebody else answers in its place. */
  boolean replaced() {
    return !answers() && whoAnswers.isPresent();
  }

  /** It certainly does not run. One that is out of sight may. */
  boolean isDown() {
    return is(Missing.DOWN) || is(Missing.GONE);
  }

  /** It does not run, and this is how it is missing. */
  boolean is(Missing how) {
    return !awaitsLeader() && voter.flatMap(Voter::missing).equals(Optional.of(how));
  }

  /** Why it does not answer, in words; of one that does not. */
  String account() {
    return whoAnswers
        .map(
            other ->
                "member %s of cluster %s answers in its place"
                    .formatted(other.id(), other.clusterId()))
        .or(() -> voter.map(Voter::detail))
        .orElse("no member that answers counts it among the voters");
  }
}
