package dev.requorum.core.sim;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a member has in its data directory: the log with its hard state, and the database as far as
 * entries are committed. What is not flushed is in the log only, and no restore finds it.
 */
final class Store {

  /** Where a log begins: an empty cluster, or what was restored. */
  record Base(long revision, List<Member> members, BitSet writes) {}

  final MemberId id;
  final ClusterId cluster;
  final Set<MemberId> removed = new TreeSet<>();
  final List<Entry> log = new ArrayList<>();

  /** The numbers of all writes in base and log. */
  final BitSet writes = new BitSet();

  Optional<Base> base = Optional.empty();
  Epoch epoch;
  long term;
  int commit;
  long revision;
  List<Member> members;
  long flushedRevision;
  int flushed;
  boolean crashes;
  boolean corrupt;
  boolean foreign;

  Store(MemberId id, ClusterId cluster, List<Member> members, Epoch epoch) {
    this.id = id;
    this.cluster = cluster;
    this.members = List.copyOf(members);
    this.epoch = epoch;
  }

  static Store beginning(MemberId id, ClusterId cluster, Base base, Epoch epoch) {
    Store store = new Store(id, cluster, base.members(), epoch);
    store.install(base);
    store.term = 1;
    return store;
  }

  private void install(Base from) {
    base = Optional.of(from);
    members = from.members();
    revision = from.revision();
    flushedRevision = from.revision();
    writes.or(from.writes());
  }

  Optional<Member> listed(MemberId member) {
    for (Member one : members) {
      if (one.id().equals(member)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  boolean votes(MemberId member) {
    return listed(member).filter(one -> !one.learner()).isPresent();
  }

  int voters() {
    int count = 0;
    for (Member one : members) {
      count += one.learner() ? 0 : 1;
    }
    return count;
  }

  /** As etcd counts it: a cluster begins with an entry for each member. */
  long raftIndex() {
    return commit + base.map(from -> from.members().size()).orElse(0);
  }

  long lastTerm() {
    return log.isEmpty() ? 0 : log.get(log.size() - 1).term();
  }

  boolean isUpToDateFor(Store voter) {
    return lastTerm() > voter.lastTerm()
        || lastTerm() == voter.lastTerm() && log.size() >= voter.log.size();
  }

  void append(Entry entry) {
    log.add(entry);
    if (entry.write() >= 0) {
      writes.set(entry.write());
    }
  }

  void truncate(int size) {
    while (log.size() > size) {
      Entry gone = log.remove(log.size() - 1);
      if (gone.write() >= 0) {
        writes.clear(gone.write());
      }
    }
  }

  /**
   * Takes over the leader's log.
   *
   * @param most how many entries at most
   * @return false where that would undo what is committed here
   */
  boolean follow(Store leader, int most) {
    if (base.isEmpty()) {
      install(leader.base.orElseThrow());
    } else if (base.get() != leader.base.orElseThrow()) {
      return false;
    }
    int common = Math.min(log.size(), leader.log.size());
    while (common > 0 && log.get(common - 1) != leader.log.get(common - 1)) {
      common--;
    }
    if (common < commit) {
      return false;
    }
    truncate(common);
    int until = common + Math.min(most, leader.log.size() - common);
    for (int i = common; i < until; i++) {
      append(leader.log.get(i));
    }
    term = leader.term;
    epoch = leader.epoch;
    return true;
  }

  void commitTo(int size) {
    while (commit < size) {
      Entry entry = log.get(commit++);
      entry.members().ifPresent(this::become);
      revision += entry.write() >= 0 ? 1 : 0;
    }
  }

  private void become(List<Member> next) {
    for (Member was : members) {
      if (next.stream().noneMatch(one -> one.id().equals(was.id()))) {
        removed.add(was.id());
      }
    }
    members = next;
  }

  void flush() {
    flushed = commit;
    flushedRevision = revision;
  }

  /** The writes in the database as it was flushed. */
  BitSet flushedWrites() {
    BitSet all = new BitSet();
    base.ifPresent(from -> all.or(from.writes()));
    for (int i = 0; i < flushed; i++) {
      if (log.get(i).write() >= 0) {
        all.set(log.get(i).write());
      }
    }
    return all;
  }

  boolean changesMembership() {
    for (int i = commit; i < log.size(); i++) {
      if (log.get(i).members().isPresent()) {
        return true;
      }
    }
    return false;
  }
}
