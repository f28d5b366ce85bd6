package dev.requorum.core.engine;

import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.kubernetes.Workload;
import java.util.List;

/** Ports of which the probe takes down whom it is to ask, and asks nobody. */
final class Asked {

  private Asked() {}

  static Ports noting(List<MemberEndpoint> asked, Workload workload, Ports others) {
    return new Ports(
        workload,
        (endpoints, limits) -> {
          asked.addAll(endpoints);
          return EtcdView.nothingAsked();
        },
        others.membership(),
        others.preservation(),
        others.records(),
        others.announcer(),
        others.clock());
  }
}
