package dev.requorum.core.quorum;

import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.Missing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one look says of a cluster's quorum.
 *
 * @param voters the voters of the best membership known, sorted by id; empty where none is known
 * @param members the whole membership, learners included, where a quorum confirmed it at this very
 *     look; empty otherwise
 * @param leader the leader, where a quorum follows one
 * @param why the verdict in words
 */
public record Assessment(
    Verdict verdict,
    List<Voter> voters,
    Optional<List<Member>> members,
    Optional<MemberId> leader,
    String why) {

  public Assessment {
    Objects.requireNonNull(verdict, "verdict");
    voters = List.copyOf(voters);
    members = members.map(List::copyOf);
    Objects.requireNonNull(leader, "leader");
    Objects.requireNonNull(why, "why");
  }

  /** The voters that answered. */
  public List<Voter> up() {
    return voters.stream().filter(Voter::isUp).toList();
  }

  /** The voters that did not answer. */
  public List<Voter> absent() {
    return voters.stream().filter(voter -> !voter.isUp()).toList();
  }

  /** The voters that are missing in this way. */
  public List<Voter> missing(Missing kind) {
    return voters.stream().filter(voter -> voter.missing().equals(Optional.of(kind))).toList();
  }

  /** The voter of this id; empty where it is none of the voters. */
  public Optional<Voter> voter(MemberId id) {
    return voters.stream().filter(voter -> voter.id().equals(id)).findFirst();
  }
}
