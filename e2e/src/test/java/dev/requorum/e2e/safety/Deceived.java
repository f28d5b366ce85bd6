package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.Announcer;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.record.RecoveryRecords;

/** Ports of which one or two are others. */
final class Deceived {

  private Deceived() {}

  static Ports by(Ports real, RecoveryRecords records) {
    return new Ports(
        real.workload(),
        real.probe(),
        real.membership(),
        real.preservation(),
        real.restoration(),
        records,
        real.announcer(),
        real.clock());
  }

  static Ports by(Ports real, Preservation preservation) {
    return new Ports(
        real.workload(),
        real.probe(),
        real.membership(),
        preservation,
        real.restoration(),
        real.records(),
        real.announcer(),
        real.clock());
  }

  static Ports by(Ports real, Announcer announcer) {
    return new Ports(
        real.workload(),
        real.probe(),
        real.membership(),
        real.preservation(),
        real.restoration(),
        real.records(),
        announcer,
        real.clock());
  }

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
