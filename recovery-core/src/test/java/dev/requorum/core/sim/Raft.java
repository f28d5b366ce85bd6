package dev.requorum.core.sim;

import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Elections, replication and commits among the running members, a second at a time. Followers learn
 * of a commit with the next message; who campaigns first is left to chance.
 */
final class Raft {

  private static final int SLOWLY = 1;

  private final Members members;
  private final Net net;
  private final Ledger ledger;
  private final SplittableRandom chance;
  private final boolean preVote;

  Raft(Members members, Net net, Ledger ledger, SplittableRandom chance, boolean preVote) {
    this.members = members;
    this.net = net;
    this.ledger = ledger;
    this.chance = chance;
    this.preVote = preVote;
  }

  void second() {
    List<Etcd> awake = awake();
    for (Etcd one : awake) {
      if (!one.leads) {
        one.leader = one.leader.filter(id -> hears(one, id, awake));
      }
    }
    for (Etcd one : awake) {
      if (one.leads && !replicate(one)) {
        one.followNobody();
      }
    }
    List<Etcd> order = new ArrayList<>(awake);
    while (!order.isEmpty()) {
      campaign(order.remove(chance.nextInt(order.size())));
    }
    for (Etcd one : awake) {
      tellIfRemoved(one);
      one.serves |= one.leader.isPresent();
    }
  }

  private List<Etcd> awake() {
    return members.running().stream().filter(one -> !one.hangs).toList();
  }

  private boolean hears(Etcd one, MemberId leader, List<Etcd> awake) {
    return awake.stream()
        .anyMatch(
            other ->
                other.leads
                    && other.store.id.equals(leader)
                    && other.store.term == one.store.term
                    && talk(one, other));
  }

  boolean talk(Etcd one, Etcd other) {
    return one.store.cluster.equals(other.store.cluster)
        && net.talk(one.machine, other.machine)
        && !one.store.removed.contains(other.store.id)
        && !other.store.removed.contains(one.store.id);
  }

  /**
   * Sends what it has to all that it reaches, and commits what a majority has.
   *
   * @return false where it reaches no majority, and leads no longer
   */
  boolean replicate(Etcd leader) {
    Store led = leader.store;
    int known = led.commit;
    List<Integer> matches = new ArrayList<>();
    int reached = 0;
    for (Etcd other : members.running()) {
      boolean voter = led.votes(other.store.id);
      if (other == leader) {
        reached += voter ? 1 : 0;
        matches.add(voter ? led.log.size() : 0);
      } else if (!other.hangs && led.listed(other.store.id).isPresent() && talk(leader, other)) {
        if (other.store.term > led.term) {
          led.term = other.store.term;
          return false;
        }
        if (other.leads && other.store.term == led.term) {
          ledger.disaster(leader.pod + " and " + other.pod + " lead in one term");
        }
        int match = follow(other, leader, known);
        reached += voter ? 1 : 0;
        matches.add(voter ? match : 0);
        publish(leader, other);
      }
    }
    int majority = led.voters() / 2 + 1;
    if (reached < majority) {
      return false;
    }
    matches.sort((a, b) -> b - a);
    commit(leader, matches.get(majority - 1));
    return led.votes(led.id);
  }

  private int follow(Etcd other, Etcd leader, int known) {
    Store store = other.store;
    if (!store.follow(leader.store, other.slow ? SLOWLY : Integer.MAX_VALUE)) {
      ledger.disaster(
          "%s was told by %s to undo what it had committed".formatted(other.pod, leader.pod));
      store.crashes = true;
      members.stop(other.podUid, false);
      return 0;
    }
    other.leads = false;
    other.leader = Optional.of(leader.store.id);
    store.commitTo(Math.max(store.commit, Math.min(known, store.log.size())));
    return store.log.size();
  }

  private void commit(Etcd leader, int size) {
    Store led = leader.store;
    if (size > led.commit && led.log.get(size - 1).term() == led.term) {
      led.commitTo(size);
      ledger.committed(led);
    }
  }

  /** A member's name is learned from itself. */
  private static void publish(Etcd leader, Etcd other) {
    Store led = leader.store;
    Optional<Member> nameless =
        led.listed(other.store.id).filter(member -> member.name().isEmpty());
    if (nameless.isPresent() && !led.changesMembership()) {
      Member was = nameless.get();
      List<Member> next = new ArrayList<>(led.members);
      next.replaceAll(
          one -> one == was ? new Member(was.id(), other.pod, was.peerUrls(), was.learner()) : one);
      led.append(Entry.membership(led.term, next));
    }
  }

  private void campaign(Etcd candidate) {
    Store own = candidate.store;
    boolean may =
        candidate.leader.isEmpty()
            && own.base.isPresent()
            && own.votes(own.id)
            && !own.removed.contains(own.id);
    if (!may || members.process(candidate.podUid).isEmpty()) {
      return;
    }
    List<Etcd> electorate =
        awake().stream()
            .filter(other -> other == candidate || own.votes(other.store.id))
            .filter(other -> other == candidate || talk(candidate, other))
            .toList();
    long term = 1 + electorate.stream().mapToLong(other -> other.store.term).max().orElse(0);
    List<Etcd> votes =
        electorate.stream()
            .filter(other -> other == candidate || other.leader.isEmpty())
            .filter(other -> own.isUpToDateFor(other.store))
            .toList();
    boolean wins = 2 * votes.size() > own.voters();
    if (wins || !preVote) {
      votes.forEach(other -> other.store.term = term);
      own.term = term;
    }
    if (wins) {
      lead(candidate);
    }
  }

  private void lead(Etcd winner) {
    winner.leads = true;
    winner.leader = Optional.of(winner.store.id);
    winner.store.append(Entry.nothing(winner.store.term));
    ledger.elected(winner);
    if (!replicate(winner)) {
      winner.followNobody();
    }
  }

  private void tellIfRemoved(Etcd one) {
    boolean told =
        one.store.removed.contains(one.store.id)
            || awake().stream()
                .anyMatch(
                    other ->
                        other.store.cluster.equals(one.store.cluster)
                            && other.store.removed.contains(one.store.id)
                            && net.talk(one.machine, other.machine));
    if (told) {
      one.store.removed.add(one.store.id);
      members.stop(one.podUid, false);
    }
  }

  /** A client's write through this leader; true where it is acknowledged. */
  boolean write(Etcd leader, int number) {
    leader.store.append(Entry.write(leader.store.term, number));
    int at = leader.store.log.size();
    if (!replicate(leader)) {
      leader.followNobody();
      return false;
    }
    return leader.store.commit >= at;
  }

  /** Whether a majority follows this leader at this instant. */
  boolean isConfirmed(Etcd leader) {
    if (!leader.leads || leader.hangs) {
      return false;
    }
    int reached = 0;
    for (Etcd other : members.running()) {
      boolean counts =
          leader.store.votes(other.store.id)
              && (other == leader
                  || !other.hangs
                      && talk(leader, other)
                      && other.store.term == leader.store.term
                      && other.leader.equals(leader.leader));
      reached += counts ? 1 : 0;
    }
    return reached > leader.store.voters() / 2;
  }

  /** Changes the membership through this leader; false where that is not committed. */
  boolean change(Etcd leader, List<Member> next) {
    leader.store.append(Entry.membership(leader.store.term, next));
    int at = leader.store.log.size();
    boolean leads = replicate(leader);
    if (!leads) {
      leader.followNobody();
    }
    return leads && leader.store.commit >= at;
  }
}
