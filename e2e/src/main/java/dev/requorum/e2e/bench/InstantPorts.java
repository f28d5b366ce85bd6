package dev.requorum.e2e.bench;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.Membership;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Ports that answer the same at once, and whose acts do nothing. */
final class InstantPorts {

  private InstantPorts() {}

  static Ports answering(WorkloadView workload, EtcdView etcd, RecoveryRecord record) {
    return new Ports(
        workloadAnswering(workload),
        (endpoints, limits) -> etcd,
        new NoMembership(),
        new NoPreservation(),
        new SameRecord(record),
        (cluster, announcement) -> {},
        InstantSource.fixed(NineMembers.AT));
  }

  private static Workload workloadAnswering(WorkloadView view) {
    Class<Workload> type = Workload.class;
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.getReturnType() == WorkloadView.class ? view : Outcome.done()));
  }

  private record SameRecord(RecoveryRecord record) implements RecoveryRecords {
    @Override
    public Versioned load(ClusterRef cluster) {
      return new Versioned(record, "1");
    }

    @Override
    public Optional<Versioned> store(ClusterRef cluster, RecoveryRecord next, String version) {
      return Optional.of(new Versioned(next, "2"));
    }
  }

  private static final class NoPreservation implements Preservation {
    @Override
    public Fact<Optional<PreservedCopy>> find(ClusterRef cluster, String incident) {
      return Fact.known(Optional.empty());
    }

    @Override
    public Outcome preserve(ClusterRef cluster, String incident, MemberEndpoint survivor) {
      return Outcome.done();
    }
  }

  private static final class NoMembership implements Membership {
    @Override
    public Outcome addLearner(List<MemberEndpoint> endpoints, URI peerUrl) {
      return Outcome.done();
    }

    @Override
    public Outcome promote(List<MemberEndpoint> endpoints, MemberId learner) {
      return Outcome.done();
    }

    @Override
    public Outcome remove(List<MemberEndpoint> endpoints, MemberId member) {
      return Outcome.done();
    }
  }
}
