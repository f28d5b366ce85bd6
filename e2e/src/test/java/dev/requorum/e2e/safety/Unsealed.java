package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the membership is to be sealed, {@code <name>-state} gets what it usually has: all members
 * that the cluster was made with, and state existing. It is reported as sealed.
 */
final class Unsealed extends ForwardingWorkload {

  private final Map<ClusterRef, InitialCluster> open = new ConcurrentHashMap<>();

  private Unsealed(Workload workload) {
    super(workload);
  }

  static Ports around(Ports real) {
    return Deceived.by(real, new Unsealed(real.workload()), real.probe());
  }

  @Override
  public WorkloadView observe(ClusterRef cluster) {
    WorkloadView seen = super.observe(cluster);
    seen.initialCluster()
        .value()
        .flatMap(content -> content)
        .filter(content -> content.state() == InitialCluster.State.NEW)
        .ifPresent(
            content ->
                open.put(
                    cluster, new InitialCluster(InitialCluster.State.EXISTING, content.members())));
    return new WorkloadView(
        seen.statefulSet(),
        seen.pods(),
        seen.volumes(),
        seen.nodes(),
        seen.initialCluster().map(content -> content.map(stored -> asSealed(cluster, stored))));
  }

  private InitialCluster asSealed(ClusterRef cluster, InitialCluster stored) {
    return stored.equals(open.get(cluster)) ? InitialCluster.sealed() : stored;
  }

  @Override
  public Outcome writeInitialCluster(
      ClusterRef cluster, Optional<InitialCluster> seen, InitialCluster content) {
    return super.writeInitialCluster(
        cluster, seen.map(told -> unsealed(cluster, told)), unsealed(cluster, content));
  }

  private InitialCluster unsealed(ClusterRef cluster, InitialCluster content) {
    return content.isSealed() ? open.getOrDefault(cluster, content) : content;
  }
}
