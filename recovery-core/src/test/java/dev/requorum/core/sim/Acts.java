package dev.requorum.core.sim;

import static dev.requorum.ports.Outcome.done;
import static dev.requorum.ports.Outcome.refused;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import java.util.Optional;
import java.util.Set;

/**
 * One operator's acts on the workload, each with its own precondition.
 *
 * @param operator its place in the network
 */
record Acts(World world, int operator, Staleness staleness) implements Workload {

  @Override
  public WorkloadView observe(ClusterRef cluster) {
    world.guard.looks(operator);
    return staleness.view(world);
  }

  @Override
  public Outcome resize(ClusterRef cluster, StatefulSetView seen, OrdinalWindow window) {
    if (kube().window.equals(window)) {
      return done();
    }
    if (changedSince(seen)) {
      return changed();
    }
    world.guard.resizes(operator, window);
    kube().window = window;
    kube().generation++;
    return done();
  }

  @Override
  public Outcome arm(ClusterRef cluster, StatefulSetView seen, String survivor, String incident) {
    if (kube().armedFor.equals(Optional.of(incident)) && kube().template.forceFlag()) {
      return done();
    }
    if (changedSince(seen)) {
      return changed();
    }
    int ordinal = cluster.ordinalOf(survivor).orElseThrow();
    if (!kube().window.equals(OrdinalWindow.only(ordinal))) {
      return refused("the StatefulSet runs pods " + kube().window);
    }
    if (kube().pod(survivor).filter(pod -> !pod.terminating).isEmpty()) {
      return refused("pod " + survivor + " does not exist");
    }
    boolean alone =
        kube()
            .initialCluster
            .filter(told -> told.state() == InitialCluster.State.NEW)
            .filter(told -> told.members().keySet().equals(Set.of(survivor)))
            .isPresent();
    if (!alone) {
      return refused("the initial cluster is not the survivor alone");
    }
    world.guard.arms(operator, survivor, incident);
    kube().changeTemplate(true, Optional.of(incident));
    return done();
  }

  @Override
  public Outcome disarm(ClusterRef cluster, StatefulSetView seen) {
    if (changedSince(seen)) {
      return changed();
    }
    if (kube().statefulSet().armed()) {
      kube().changeTemplate(false, Optional.empty());
    }
    return done();
  }

  @Override
  public Outcome writeInitialCluster(
      ClusterRef cluster, Optional<InitialCluster> seen, InitialCluster content) {
    boolean written = kube().initialCluster.equals(Optional.of(content));
    if (!written && !kube().initialCluster.equals(seen)) {
      world.coverage.count("conflicting writes");
      return refused("the initial cluster is another one by now");
    }
    world.guard.tells(content);
    kube().initialCluster = Optional.of(content);
    return done();
  }

  @Override
  public Outcome restartPod(ClusterRef cluster, String pod, String uid) {
    Optional<Pod> found = kube().pod(pod);
    if (found.filter(one -> !one.uid.equals(uid)).isPresent()) {
      return refused("pod " + pod + " is another one by now");
    }
    world.guard.restarts(operator, pod);
    found.ifPresent(one -> one.terminating = true);
    return done();
  }

  @Override
  public Outcome discardVolume(ClusterRef cluster, String member, String uid) {
    Kube.Claim claim = kube().claims.get(member);
    if (claim == null) {
      return done();
    }
    if (!claim.uid().equals(uid)) {
      return refused("claim of " + member + " is another one by now");
    }
    boolean inUse =
        kube().pod(member).isPresent()
            || kube().window.contains(cluster.ordinalOf(member).orElseThrow());
    if (inUse) {
      return refused("claim of " + member + " is in use");
    }
    world.growthGuard.discards(member, uid);
    kube().claims.remove(member);
    return done();
  }

  private boolean changedSince(StatefulSetView seen) {
    return kube().generation != seen.generation();
  }

  private Outcome changed() {
    world.coverage.count("conflicting writes");
    return refused("the StatefulSet changed meanwhile");
  }

  private Kube kube() {
    return world.kube;
  }
}
