package dev.requorum.core.sim;

import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.etcd.Membership;
import dev.requorum.ports.etcd.ProbeLimits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** etcd as it answers whoever asks from one place in the network. */
final class AskedMembers implements MemberProbe, Membership {

  private final Members members;
  private final Raft raft;
  private final Net net;
  private final int from;

  AskedMembers(Members members, Raft raft, Net net, int from) {
    this.members = members;
    this.raft = raft;
    this.net = net;
    this.from = from;
  }

  private Optional<Etcd> answering(MemberEndpoint endpoint) {
    return members
        .at(endpoint.clientUrl().getHost())
        .filter(one -> one.serves && !one.hangs && net.talk(from, one.machine));
  }

  /** Until it has seen a leader, it answers at its port for peers alone. */
  private Optional<ClusterId> peersOnly(MemberEndpoint endpoint) {
    return members
        .at(endpoint.clientUrl().getHost())
        .filter(one -> !one.serves && !one.hangs && net.talk(from, one.machine))
        .map(one -> one.store.cluster);
  }

  @Override
  public EtcdView probe(List<MemberEndpoint> endpoints, ProbeLimits limits) {
    if (endpoints.isEmpty()) {
      return EtcdView.nothingAsked();
    }
    Map<String, MemberAnswer> answers = new TreeMap<>();
    endpoints.forEach(endpoint -> answers.put(endpoint.name(), answer(endpoint)));
    Fact<List<Member>> list =
        leader(endpoints, true)
            .map(leader -> Fact.known(leader.store.members.stream().sorted().toList()))
            .orElseGet(() -> Fact.unknown("no member confirms the membership"));
    return new EtcdView(answers, list);
  }

  /** Whoever answers passes the question on to the leader that it knows. */
  private Optional<Etcd> leader(List<MemberEndpoint> endpoints, boolean voters) {
    for (MemberEndpoint endpoint : endpoints) {
      Optional<Etcd> asked =
          answering(endpoint).filter(one -> !voters || one.store.votes(one.store.id));
      Optional<Etcd> leader =
          asked.flatMap(
              one ->
                  members.running().stream()
                      .filter(other -> one.leader.equals(Optional.of(other.store.id)))
                      .filter(other -> other == one || raft.talk(one, other))
                      .filter(raft::isConfirmed)
                      .findFirst());
      if (leader.isPresent()) {
        return leader;
      }
    }
    return Optional.empty();
  }

  private MemberAnswer answer(MemberEndpoint endpoint) {
    Optional<Etcd> answering = answering(endpoint);
    if (answering.isEmpty()) {
      String silence = endpoint.name() + " at " + endpoint.clientUrl() + ": no answer";
      return new MemberAnswer(
          endpoint, Fact.unknown(silence), Fact.unknown(silence), peersOnly(endpoint));
    }
    Store store = answering.get().store;
    return new MemberAnswer(
        endpoint,
        Fact.known(status(answering.get())),
        store.votes(store.id)
            ? Fact.known(store.members.stream().sorted().toList())
            : Fact.unknown("etcdserver: rpc not supported for learner"));
  }

  private static MemberStatus status(Etcd process) {
    Store store = process.store;
    List<String> errors = new ArrayList<>();
    if (process.leader.isEmpty()) {
      errors.add("etcdserver: no leader");
    }
    if (store.corrupt) {
      errors.add("memberID:%s alarm:CORRUPT".formatted(store.id));
    }
    return new MemberStatus(
        store.id,
        store.cluster,
        process.leader,
        store.term,
        store.raftIndex(),
        store.raftIndex(),
        store.revision,
        !store.votes(store.id),
        "3.6.16",
        4096,
        errors);
  }

  @Override
  public Outcome addLearner(List<MemberEndpoint> endpoints, URI peerUrl) {
    Etcd leader = leader(endpoints, "add a learner at " + peerUrl);
    List<Member> list = new ArrayList<>(leader.store.members);
    if (list.stream().anyMatch(member -> member.peerUrls().contains(peerUrl))) {
      return Outcome.done();
    }
    if (votersUp(leader) < leader.store.voters()) {
      return Outcome.refused("etcdserver: unhealthy cluster");
    }
    if (list.stream().anyMatch(Member::learner)) {
      return Outcome.refused("etcdserver: too many learner members in cluster");
    }
    list.add(new Member(members.nextId(), "", List.of(peerUrl), true));
    return change(leader, list);
  }

  @Override
  public Outcome promote(List<MemberEndpoint> endpoints, MemberId learner) {
    Etcd leader = leader(endpoints, "promote learner " + learner);
    Optional<Member> listed = leader.store.listed(learner);
    if (listed.isEmpty()) {
      return Outcome.refused("etcdserver: member not found");
    }
    if (!listed.get().learner()) {
      return Outcome.done();
    }
    boolean inSync =
        members.running().stream()
            .filter(one -> one.store.id.equals(learner) && raft.talk(one, leader))
            .anyMatch(one -> one.store.log.size() >= 0.9 * leader.store.log.size());
    if (!inSync) {
      return Outcome.refused(
          "etcdserver: can only promote a learner member which is in sync with leader");
    }
    Member was = listed.get();
    List<Member> list = new ArrayList<>(leader.store.members);
    list.replaceAll(
        one -> one == was ? new Member(learner, was.name(), was.peerUrls(), false) : one);
    return change(leader, list);
  }

  @Override
  public Outcome remove(List<MemberEndpoint> endpoints, MemberId member) {
    Etcd leader = leader(endpoints, "remove member " + member);
    Optional<Member> listed = leader.store.listed(member);
    if (listed.isEmpty()) {
      return Outcome.done();
    }
    boolean up =
        members.running().stream()
            .anyMatch(one -> one.store.id.equals(member) && raft.talk(one, leader));
    boolean liveVoter = up && !listed.get().learner();
    if (liveVoter && 2 * (votersUp(leader) - 1) <= leader.store.voters() - 1) {
      return Outcome.refused("etcdserver: unhealthy cluster");
    }
    List<Member> list = new ArrayList<>(leader.store.members);
    list.remove(listed.get());
    return change(leader, list);
  }

  private Outcome change(Etcd leader, List<Member> list) {
    if (leader.store.changesMembership()) {
      throw new PortFailure("change the membership", "etcdserver: request timed out");
    }
    if (!raft.change(leader, list)) {
      throw new PortFailure("change the membership", "etcdserver: request timed out");
    }
    return Outcome.done();
  }

  private long votersUp(Etcd leader) {
    return members.running().stream()
        .filter(one -> leader.store.votes(one.store.id))
        .filter(one -> one == leader || !one.hangs && raft.talk(leader, one))
        .count();
  }

  private Etcd leader(List<MemberEndpoint> endpoints, String what) {
    return leader(endpoints, false)
        .orElseThrow(() -> new PortFailure(what, "etcdserver: request timed out"));
  }
}
