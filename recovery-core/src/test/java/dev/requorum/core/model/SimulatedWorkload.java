package dev.requorum.core.model;

import static dev.requorum.ports.Outcome.done;
import static dev.requorum.ports.Outcome.refused;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The acts on the simulated Kubernetes, each with its own precondition. */
record SimulatedWorkload(SimulatedKubernetes kubernetes) implements Workload {

  @Override
  public WorkloadView observe(ClusterRef cluster) {
    return cluster.equals(World.CLUSTER)
        ? kubernetes.view()
        : new WorkloadView(
            Fact.known(Optional.empty()),
            Fact.known(List.of()),
            Fact.known(List.of()),
            Fact.known(List.of()),
            Fact.known(Optional.empty()));
  }

  @Override
  public Outcome resize(ClusterRef cluster, StatefulSetView seen, OrdinalWindow window) {
    if (kubernetes.window.equals(window) && sameSet(seen)) {
      return done();
    }
    if (changedSince(seen)) {
      return refused("the StatefulSet changed meanwhile");
    }
    kubernetes.window = window;
    kubernetes.generation++;
    return done();
  }

  @Override
  public Outcome arm(ClusterRef cluster, StatefulSetView seen, String survivor, String incident) {
    if (kubernetes.armedFor.equals(Optional.of(incident)) && kubernetes.template.forceFlag()) {
      return done();
    }
    if (changedSince(seen)) {
      return refused("the StatefulSet changed meanwhile");
    }
    int ordinal = cluster.ordinalOf(survivor).orElseThrow();
    if (!kubernetes.window.equals(OrdinalWindow.only(ordinal))) {
      return refused("the StatefulSet runs pods " + kubernetes.window);
    }
    if (pod(survivor).filter(pod -> !pod.terminating).isEmpty()) {
      return refused("pod " + survivor + " does not exist");
    }
    boolean alone =
        kubernetes
            .initialCluster
            .filter(told -> told.state() == InitialCluster.State.NEW)
            .filter(told -> told.members().keySet().equals(Set.of(survivor)))
            .isPresent();
    if (!alone) {
      return refused("the initial cluster is not the survivor alone");
    }
    kubernetes.changeTemplate(true, Optional.of(incident));
    return done();
  }

  @Override
  public Outcome disarm(ClusterRef cluster, StatefulSetView seen) {
    if (changedSince(seen)) {
      return refused("the StatefulSet changed meanwhile");
    }
    if (kubernetes.statefulSet().armed()) {
      kubernetes.changeTemplate(false, Optional.empty());
    }
    return done();
  }

  @Override
  public Outcome writeInitialCluster(
      ClusterRef cluster, Optional<InitialCluster> seen, InitialCluster content) {
    boolean written = kubernetes.initialCluster.equals(Optional.of(content));
    if (!written && !kubernetes.initialCluster.equals(seen)) {
      return refused("the initial cluster is another one by now");
    }
    kubernetes.initialCluster = Optional.of(content);
    return done();
  }

  @Override
  public Outcome restartPod(ClusterRef cluster, String pod, String uid) {
    Optional<SimulatedPod> found = pod(pod);
    if (found.filter(p -> !p.uid.equals(uid)).isPresent()) {
      return refused("pod " + pod + " is another one by now");
    }
    found.ifPresent(kubernetes::terminate);
    return done();
  }

  @Override
  public Outcome discardVolume(ClusterRef cluster, String member, String uid) {
    String claim = kubernetes.claims.get(member);
    if (claim == null) {
      return done();
    }
    if (!claim.equals(uid)) {
      return refused("claim of " + member + " is another one by now");
    }
    if (pod(member).isPresent()
        || kubernetes.window.contains(cluster.ordinalOf(member).orElseThrow())) {
      return refused("claim of " + member + " is in use");
    }
    kubernetes.claims.remove(member);
    return done();
  }

  private boolean changedSince(StatefulSetView seen) {
    return !sameSet(seen) || kubernetes.generation != seen.generation();
  }

  private boolean sameSet(StatefulSetView seen) {
    return kubernetes.statefulSet().uid().equals(seen.uid());
  }

  private Optional<SimulatedPod> pod(String name) {
    return Optional.ofNullable(kubernetes.pods.get(name));
  }
}
