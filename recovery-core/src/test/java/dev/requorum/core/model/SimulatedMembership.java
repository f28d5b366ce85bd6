package dev.requorum.core.model;

import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.Membership;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes to the simulated etcd's membership, with the refusals of etcd's defaults. */
record SimulatedMembership(SimulatedEtcd etcd) implements Membership {

  @Override
  public Outcome addLearner(List<MemberEndpoint> endpoints, URI peerUrl) {
    MemberProcess leader = leader(endpoints, "add a learner at " + peerUrl);
    List<Member> members = new ArrayList<>(leader.disk.membership);
    if (members.stream().anyMatch(m -> m.peerUrls().contains(peerUrl))) {
      return Outcome.done();
    }
    if (votersUp(leader) < leader.disk.voters()) {
      return Outcome.refused("etcdserver: unhealthy cluster");
    }
    if (members.stream().anyMatch(Member::learner)) {
      return Outcome.refused("etcdserver: too many learner members in cluster");
    }
    members.add(new Member(etcd.nextId(), "", List.of(peerUrl), true));
    etcd.commit(leader, members);
    return Outcome.done();
  }

  @Override
  public Outcome promote(List<MemberEndpoint> endpoints, MemberId learner) {
    MemberProcess leader = leader(endpoints, "promote learner " + learner);
    Optional<Member> listed = leader.disk.listed(learner);
    if (listed.isEmpty()) {
      return Outcome.refused("etcdserver: member not found");
    }
    if (!listed.get().learner()) {
      return Outcome.done();
    }
    boolean inSync =
        etcd.onIsland(0).stream()
            .anyMatch(p -> p.disk.id.equals(learner) && p.disk.index == leader.disk.index);
    if (!inSync) {
      return Outcome.refused(
          "etcdserver: can only promote a learner member which is in sync with leader");
    }
    Member was = listed.get();
    List<Member> members = new ArrayList<>(leader.disk.membership);
    members.remove(was);
    members.add(new Member(learner, was.name(), was.peerUrls(), false));
    etcd.commit(leader, members);
    return Outcome.done();
  }

  @Override
  public Outcome remove(List<MemberEndpoint> endpoints, MemberId member) {
    MemberProcess leader = leader(endpoints, "remove member " + member);
    Optional<Member> listed = leader.disk.listed(member);
    if (listed.isEmpty()) {
      return Outcome.done();
    }
    boolean up = etcd.onIsland(0).stream().anyMatch(p -> p.disk.id.equals(member));
    boolean liveVoter = up && !listed.get().learner();
    if (liveVoter && 2 * (votersUp(leader) - 1) <= leader.disk.voters() - 1) {
      return Outcome.refused("etcdserver: unhealthy cluster");
    }
    List<Member> members = new ArrayList<>(leader.disk.membership);
    members.remove(listed.get());
    etcd.commit(leader, members);
    return Outcome.done();
  }

  private long votersUp(MemberProcess leader) {
    return etcd.onIsland(0).stream().filter(p -> leader.disk.votes(p.disk.id)).count();
  }

  private MemberProcess leader(List<MemberEndpoint> endpoints, String what) {
    return endpoints.stream()
        .flatMap(endpoint -> etcd.answering(endpoint).stream())
        .flatMap(asked -> asked.leader.stream())
        .flatMap(id -> etcd.onIsland(0).stream().filter(p -> p.disk.id.equals(id)))
        .findFirst()
        .orElseThrow(() -> new PortFailure(what, "no member confirms the membership"));
  }
}
