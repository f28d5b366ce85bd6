package dev.requorum.ports.etcd;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one member of a {@link FakeEtcd} has on its disk and how it is doing. */
final class FakeReplica {

  final MemberId id;
  final String name;
  boolean up = true;
  boolean muted;

  /** Whether it has seen a leader since it started: before that it opens no port to clients. */
  boolean serves;

  boolean caughtUp;
  Optional<MemberId> staleLeader = Optional.empty();

  long term;
  long index;
  long revision = 1;
  SortedMap<String, String> store = new TreeMap<>();
  List<Member> membersKnown = List.of();

  FakeReplica(MemberId id, String name, boolean caughtUp) {
    this.id = id;
    this.name = name;
    this.caughtUp = caughtUp;
  }

  /** Takes over what the leader has; before it caught up, the membership and the term alone. */
  void follow(FakeReplica leader) {
    serves = true;
    term = leader.term;
    membersKnown = leader.membersKnown;
    if (caughtUp) {
      index = leader.index;
      revision = leader.revision;
      store = new TreeMap<>(leader.store);
    }
  }
}
