package dev.requorum.core.sim;

import dev.requorum.ports.kubernetes.InitialCluster;
import java.util.Optional;

/** What somebody who is not the operator deletes: pods, claims, or both. */
final class Deletions {

  private final World world;

  Deletions(World world) {
    this.world = world;
  }

  void happen(Event event) {
    String name = World.CLUSTER.memberName(event.a());
    if (startsAlone(event.a())) {
      return;
    }
    Optional<Pod> pod = world.kube.pod(name);
    switch (event.kind()) {
      case LOSE_VOLUME -> {
        world.kube.claims.remove(name);
        pod.ifPresent(world.kube::remove);
      }
      case DOOM_VOLUME -> doom(name, pod);
      case DELETE_POD -> pod.ifPresent(one -> one.terminating = true);
      default -> pod.ifPresent(world.kube::remove);
    }
  }

  /**
   * True for a member that is told to start alone, with an empty disk too: nobody takes its volume
   * away then (S24), for no operator could be fast enough.
   */
  private boolean startsAlone(int ordinal) {
    return world
        .kube
        .initialCluster
        .filter(told -> told.state() == InitialCluster.State.NEW)
        .filter(told -> told.members().containsKey(World.CLUSTER.memberName(ordinal)))
        .isPresent();
  }

  private void doom(String name, Optional<Pod> pod) {
    if (pod.isEmpty()) {
      world.kube.claims.remove(name);
    } else {
      world.kube.claims.computeIfPresent(name, (any, claim) -> new Kube.Claim(claim.uid(), true));
    }
  }
}
