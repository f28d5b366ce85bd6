package dev.requorum.core.model;

import static dev.requorum.ports.Outcome.done;
import static dev.requorum.ports.Outcome.refused;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.RestoreOrder;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.VolumeMark;
import java.util.List;
import java.util.Optional;

/** Restores in the simulated world, with book kept of them and of what none of them may ever do. */
record SimulatedRestoration(World world) implements Restoration {

  @Override
  public Fact<Optional<RestoreView>> find(ClusterRef cluster) {
    return Fact.known(kubernetes().restore.map(SimulatedRestore::view));
  }

  @Override
  public Outcome restore(ClusterRef cluster, StatefulSetView seen, RestoreOrder order) {
    world.acts.add("Restore " + order.survivor());
    Optional<SimulatedRestore> there = kubernetes().restore;
    if (there.isPresent()) {
      return there.get().order.directory().equals(order.directory())
          ? done()
          : refused("another restore is there");
    }
    if (kubernetes().generation != seen.generation()) {
      return refused("the StatefulSet changed meanwhile");
    }
    if (kubernetes().window.replicas() > 0 || !kubernetes().pods.isEmpty()) {
      return refused("members run");
    }
    if (!order.volumeUid().equals(kubernetes().claims.get(order.survivor()))) {
      return refused("claim of " + order.survivor() + " is another one by now");
    }
    if (world.etcd.anyLeader()) {
      world.wrongs.add("restored " + order.survivor() + " while a majority is alive");
    }
    if (world.record().attempts() == 0) {
      world.wrongs.add("restored " + order.survivor() + " without a recorded attempt");
    }
    kubernetes().restore = Optional.of(new SimulatedRestore(order, kubernetes().nextUid()));
    return done();
  }

  @Override
  public Outcome mark(ClusterRef cluster, List<VolumeMark> marks) {
    world.acts.add("Mark " + marks.stream().map(VolumeMark::member).toList());
    for (VolumeMark mark : marks) {
      if (!mark.uid().equals(kubernetes().claims.get(mark.member()))) {
        return refused("claim of " + mark.member() + " is another one by now");
      }
      kubernetes().marks.put(mark.uid(), mark.marks());
    }
    return done();
  }

  @Override
  public Outcome discard(ClusterRef cluster, String uid) {
    world.acts.add("DiscardRestore");
    if (kubernetes().restore.filter(pod -> pod.uid.equals(uid)).isPresent()) {
      kubernetes().restore = Optional.empty();
    }
    return done();
  }

  private SimulatedKubernetes kubernetes() {
    return world.kubernetes;
  }
}
