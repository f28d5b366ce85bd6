package dev.requorum.e2e.safety;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import java.util.Optional;

/** A workload that does what another one does. */
abstract class ForwardingWorkload implements Workload {

  private final Workload real;

  ForwardingWorkload(Workload real) {
    this.real = real;
  }

  @Override
  public WorkloadView observe(ClusterRef cluster) {
    return real.observe(cluster);
  }

  @Override
  public Outcome resize(ClusterRef cluster, StatefulSetView seen, OrdinalWindow window) {
    return real.resize(cluster, seen, window);
  }

  @Override
  public Outcome arm(ClusterRef cluster, StatefulSetView seen, String survivor, String incident) {
    return real.arm(cluster, seen, survivor, incident);
  }

  @Override
  public Outcome disarm(ClusterRef cluster, StatefulSetView seen) {
    return real.disarm(cluster, seen);
  }

  @Override
  public Outcome writeInitialCluster(
      ClusterRef cluster, Optional<InitialCluster> seen, InitialCluster content) {
    return real.writeInitialCluster(cluster, seen, content);
  }

  @Override
  public Outcome restartPod(ClusterRef cluster, String pod, String uid) {
    return real.restartPod(cluster, pod, uid);
  }

  @Override
  public Outcome discardVolume(ClusterRef cluster, String member, String uid) {
    return real.discardVolume(cluster, member, uid);
  }
}
