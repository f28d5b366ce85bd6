package dev.requorum.core.model;

import dev.requorum.ports.Outcome;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.Membership;
import java.net.URI;
import java.util.List;

/** Changes to the membership, with book kept of them. */
record WatchedMembership(World world) implements Membership {

  @Override
  public Outcome addLearner(List<MemberEndpoint> endpoints, URI peerUrl) {
    world.acts.add("AddLearner " + peerUrl.getHost().split("\\.", 2)[0]);
    return changes().addLearner(endpoints, peerUrl);
  }

  @Override
  public Outcome promote(List<MemberEndpoint> endpoints, MemberId learner) {
    world.acts.add("Promote");
    return changes().promote(endpoints, learner);
  }

  @Override
  public Outcome remove(List<MemberEndpoint> endpoints, MemberId member) {
    world.acts.add("Remove");
    Outcome outcome = changes().remove(endpoints, member);
    if (outcome.isDone() && !world.etcd.anyLeader()) {
      world.wrongs.add("removing " + member + " took the quorum away");
    }
    return outcome;
  }

  private Membership changes() {
    return new SimulatedMembership(world.etcd);
  }
}
