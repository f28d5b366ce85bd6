package dev.requorum.core.sim;

import static dev.requorum.ports.Outcome.done;
import static dev.requorum.ports.Outcome.refused;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.RestoreOrder;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.VolumeMark;
import dev.requorum.ports.record.PreservedCopy;
import java.util.List;
import java.util.Optional;

/** One operator's restores and copies. */
record RestoreActs(World world, int operator) implements Restoration, Preservation {

  @Override
  public Fact<Optional<RestoreView>> find(ClusterRef cluster) {
    return Fact.known(kube().restore.map(RestorePod::view));
  }

  @Override
  public Outcome restore(ClusterRef cluster, StatefulSetView seen, RestoreOrder order) {
    Optional<RestorePod> there = kube().restore;
    if (there.isPresent()) {
      return there.get().order.directory().equals(order.directory())
          ? done()
          : refused("another restore is there");
    }
    if (kube().generation != seen.generation()) {
      return refused("the StatefulSet changed meanwhile");
    }
    if (kube().window.replicas() > 0 || !kube().pods.isEmpty()) {
      return refused("members run");
    }
    boolean sameClaim =
        Optional.ofNullable(kube().claims.get(order.survivor()))
            .filter(claim -> claim.uid().equals(order.volumeUid()) && !claim.terminating())
            .isPresent();
    if (!sameClaim) {
      return refused("claim of " + order.survivor() + " is another one by now");
    }
    world.guard.restores(operator, order.survivor());
    kube().restore = Optional.of(new RestorePod(order, kube().nextUid()));
    return done();
  }

  @Override
  public Outcome mark(ClusterRef cluster, List<VolumeMark> marks) {
    for (VolumeMark mark : marks) {
      Kube.Claim claim = kube().claims.get(mark.member());
      if (claim == null || !mark.uid().equals(claim.uid())) {
        return refused("claim of " + mark.member() + " is another one by now");
      }
      kube().marks.put(mark.uid(), mark.marks());
    }
    return done();
  }

  @Override
  public Outcome discard(ClusterRef cluster, String uid) {
    kube().restore = kube().restore.filter(pod -> !pod.uid.equals(uid));
    return done();
  }

  @Override
  public Fact<Optional<PreservedCopy>> find(ClusterRef cluster, String incident) {
    return world.copiesHidden
        ? Fact.unknown("/copies is not mounted")
        : Fact.known(Optional.ofNullable(world.copies.get(incident)));
  }

  @Override
  public Outcome preserve(ClusterRef cluster, String incident, MemberEndpoint survivor) {
    Etcd answering =
        world
            .members
            .at(survivor.clientUrl().getHost())
            .filter(one -> one.serves && !one.hangs && world.net.talk(operator, one.machine))
            .orElseThrow(() -> new PortFailure("copy " + survivor.name(), "no answer"));
    world.copies.putIfAbsent(
        incident,
        new PreservedCopy("/copies/" + incident, answering.store.revision, "0a", world.now()));
    return done();
  }

  private Kube kube() {
    return world.kube;
  }
}
