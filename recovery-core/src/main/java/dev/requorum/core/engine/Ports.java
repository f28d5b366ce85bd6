package dev.requorum.core.engine;

import dev.requorum.ports.Announcer;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.Membership;
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
    RecoveryRecords records,
    Announcer announcer,
    InstantSource clock) {

  public Ports {
    Objects.requireNonNull(workload, "workload");
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(membership, "membership");
    Objects.requireNonNull(preservation, "preservation");
    Objects.requireNonNull(records, "records");
    Objects.requireNonNull(announcer, "announcer");
    Objects.requireNonNull(clock, "clock");
  }
}
