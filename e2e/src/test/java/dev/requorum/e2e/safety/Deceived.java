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
    return by(real, real.workload(), real.probe(), real.preservation(), records, real.announcer());
  }

  static Ports by(Ports real, Preservation preservation) {
    return by(real, real.workload(), real.probe(), preservation, real.records(), real.announcer());
  }

  static Ports by(Ports real, Announcer announcer) {
    return by(real, real.workload(), real.probe(), real.preservation(), real.records(), announcer);
  }

  static Ports by(Ports real, Workload workload, MemberProbe probe) {
    return by(real, workload, probe, real.preservation(), real.records(), real.announcer());
  }

  private static Ports by(
      Ports real,
      Workload workload,
      MemberProbe probe,
      Preservation preservation,
      RecoveryRecords records,
      Announcer announcer) {
    return new Ports(
        workload,
        probe,
        real.membership(),
        preservation,
        real.restoration(),
        records,
        announcer,
        real.clock());
  }
}
