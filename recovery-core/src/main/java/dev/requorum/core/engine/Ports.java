package dev.requorum.core.engine;

import dev.requorum.ports.Announcer;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.Membership;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.record.RecoveryRecords;
import java.time.InstantSource;
import java.util.Objects;

/** All that the engine reaches the world through. */
public record Ports(
    Workload workload,
    MemberProbe probe,
    Membership membership,
    Preservation preservation,
    Restoration restoration,
    RecoveryRecords records,
    Announcer announcer,
    InstantSource clock) {

  /** Where nothing can be restored: see {@link Restoration#unavailable}. */
  public Ports(
      Workload workload,
      MemberProbe probe,
      Membership membership,
      Preservation preservation,
      RecoveryRecords records,
      Announcer announcer,
      InstantSource clock) {
    this(
        workload,
        probe,
        membership,
        preservation,
        Restoration.unavailable(),
        records,
        announcer,
        clock);
  }

  public Ports {
    Objects.requireNonNull(workload, "workload");
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(membership, "membership");
    Objects.requireNonNull(preservation, "preservation");
    Objects.requireNonNull(restoration, "restoration");
    Objects.requireNonNull(records, "records");
    Objects.requireNonNull(announcer, "announcer");
    Objects.requireNonNull(clock, "clock");
  }
}
