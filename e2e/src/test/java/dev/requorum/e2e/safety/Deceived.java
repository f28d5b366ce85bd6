package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.kubernetes.Workload;

/** Ports of which a witness is another one. */
final class Deceived {

  private Deceived() {}

  static Ports by(Ports real, Workload workload, MemberProbe probe) {
    return new Ports(
        workload,
        probe,
        real.membership(),
        real.preservation(),
        real.restoration(),
        real.records(),
        real.announcer(),
        real.clock());
  }
}
