package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.ProbeLimits;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Kubernetes' account counts for nothing: a member that has a pod and does not answer is reported
 * as gone, with its volume, whatever Kubernetes says of it. For one cluster.
 */
final class EtcdAlone extends ForwardingWorkload implements MemberProbe {

  private final MemberProbe probe;
  private volatile Set<String> silent = Set.of();

  private EtcdAlone(Workload workload, MemberProbe probe) {
    super(workload);
    this.probe = probe;
  }

  static Ports around(Ports real) {
    EtcdAlone alone = new EtcdAlone(real.workload(), real.probe());
    return Deceived.by(real, alone, alone);
  }

  @Override
  public EtcdView probe(List<MemberEndpoint> endpoints, ProbeLimits limits) {
    EtcdView view = probe.probe(endpoints, limits);
    silent =
        view.answers().values().stream()
            .filter(answer -> !answer.status().isKnown())
            .map(MemberAnswer::endpoint)
            .map(MemberEndpoint::name)
            .collect(Collectors.toUnmodifiableSet());
    return view;
  }

  @Override
  public WorkloadView observe(ClusterRef cluster) {
    WorkloadView seen = super.observe(cluster);
    Set<String> gone = silent;
    return new WorkloadView(
        seen.statefulSet(),
        seen.pods().map(pods -> pods.stream().map(pod -> asSilent(pod, gone)).toList()),
        seen.volumes()
            .map(
                volumes ->
                    volumes.stream().filter(volume -> !gone.contains(volume.member())).toList()),
        seen.nodes(),
        seen.initialCluster());
  }

  private static PodView asSilent(PodView pod, Set<String> silent) {
    return silent.contains(pod.name())
        ? new PodView(
            pod.name(),
            pod.uid(),
            pod.ip(),
            pod.node(),
            false,
            false,
            pod.terminating(),
            pod.forceFlag(),
            pod.outdated(),
            pod.restarts(),
            "it does not answer")
        : pod;
  }
}
