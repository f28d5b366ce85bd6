package dev.requorum.ports.etcd;

import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes to the membership of a {@link FakeEtcd}, with the refusals of etcd's defaults. */
record FakeMembership(FakeEtcd etcd) implements Membership {

  @Override
  public Outcome addLearner(List<MemberEndpoint> endpoints, URI peerUrl) {
    synchronized (etcd) {
      requireQuorum(endpoints, "add a learner at " + peerUrl);
      List<Member> members = new ArrayList<>(etcd.members());
      if (members.stream().anyMatch(member -> member.peerUrls().contains(peerUrl))) {
        return Outcome.done();
      }
      if (etcd.upVoters().size() < etcd.voters()) {
        return Outcome.refused("etcdserver: unhealthy cluster");
      }
      if (members.stream().anyMatch(Member::learner)) {
        return Outcome.refused("etcdserver: too many learner members in cluster");
      }
      members.add(new Member(etcd.nextId(), "", List.of(peerUrl), true));
      etcd.changeMembers(members);
      return Outcome.done();
    }
  }

  @Override
  public Outcome promote(List<MemberEndpoint> endpoints, MemberId learner) {
    synchronized (etcd) {
      requireQuorum(endpoints, "promote learner " + learner);
      Optional<Member> listed = etcd.listed(learner);
      if (listed.isEmpty()) {
        return Outcome.refused("etcdserver: member not found");
      }
      if (!listed.get().learner()) {
        return Outcome.done();
      }
      if (etcd.running(learner).filter(replica -> replica.caughtUp).isEmpty()) {
        return Outcome.refused(
            "etcdserver: can only promote a learner member which is in sync with leader");
      }
      List<Member> members = new ArrayList<>(etcd.members());
      members.remove(listed.get());
      members.add(new Member(learner, listed.get().name(), listed.get().peerUrls(), false));
      etcd.changeMembers(members);
      return Outcome.done();
    }
  }

  @Override
  public Outcome remove(List<MemberEndpoint> endpoints, MemberId member) {
    synchronized (etcd) {
      requireQuorum(endpoints, "remove member " + member);
      Optional<Member> listed = etcd.listed(member);
      if (listed.isEmpty()) {
        return Outcome.done();
      }
      if (!listed.get().learner()
          && etcd.running(member).isPresent()
          && !survivesLossOfLiveVoter()) {
        return Outcome.refused("etcdserver: unhealthy cluster");
      }
      List<Member> members = new ArrayList<>(etcd.members());
      members.remove(listed.get());
      etcd.changeMembers(members);
      return Outcome.done();
    }
  }

  private boolean survivesLossOfLiveVoter() {
    return etcd.upVoters().size() - 1 > (etcd.voters() - 1) / 2;
  }

  private void requireQuorum(List<MemberEndpoint> endpoints, String what) {
    if (!etcd.confirmedBy(endpoints)) {
      throw new PortFailure(what, "no member confirms the membership");
    }
  }
}
