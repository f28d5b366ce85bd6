package dev.requorum.operator.telemetry;

import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.ProbeLimits;
import java.util.List;

/** A probe whose time is taken. */
public record TimedProbe(MemberProbe probe, OperatorMetrics metrics) implements MemberProbe {

  @Override
  public EtcdView probe(List<MemberEndpoint> endpoints, ProbeLimits limits) {
    return metrics.timeProbe(() -> probe.probe(endpoints, limits));
  }
}
