package dev.requorum.core.sim;

import dev.requorum.ports.Outcome;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.Membership;
import java.net.URI;
import java.util.List;

/** Changes to the membership, looked at before they are made. */
record GuardedMembership(World world, Membership real, int operator) implements Membership {

  @Override
  public Outcome addLearner(List<MemberEndpoint> endpoints, URI peerUrl) {
    world.coverage.count("learners added");
    return real.addLearner(endpoints, peerUrl);
  }

  @Override
  public Outcome promote(List<MemberEndpoint> endpoints, MemberId learner) {
    world.growthGuard.promotes(learner);
    return real.promote(endpoints, learner);
  }

  @Override
  public Outcome remove(List<MemberEndpoint> endpoints, MemberId member) {
    world.growthGuard.removes(member);
    return real.remove(endpoints, member);
  }
}
