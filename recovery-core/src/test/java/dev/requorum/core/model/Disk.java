package dev.requorum.core.model;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a member has on the claim that holds its data. */
final class Disk {

  final MemberId id;
  final ClusterId cluster;
  final Set<MemberId> removed = new HashSet<>();
  List<Member> membership;
  long term;
  long index;
  long revision;

  Disk(MemberId id, ClusterId cluster, List<Member> membership) {
    this.id = id;
    this.cluster = cluster;
    this.membership = List.copyOf(membership);
  }

  Optional<Member> listed(MemberId member) {
    return membership.stream().filter(m -> m.id().equals(member)).findFirst();
  }

  boolean votes(MemberId member) {
    return listed(member).filter(m -> !m.learner()).isPresent();
  }

  long voters() {
    return membership.stream().filter(m -> !m.learner()).count();
  }

  /** Takes over all that the leader has. */
  void follow(Disk leader) {
    term = leader.term;
    membership = leader.membership;
    removed.addAll(leader.removed);
    index = leader.index;
    revision = leader.revision;
  }

  /** A learner that lags behind learns who is who, and nothing else. */
  void meet(Disk leader) {
    term = leader.term;
    membership = leader.membership;
  }
}
