package dev.requorum.ports.etcd;

import dev.requorum.ports.Fact;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The etcd witness of a {@link FakeEtcd}. */
record FakeMemberProbe(FakeEtcd etcd) implements MemberProbe {

  @Override
  public EtcdView probe(List<MemberEndpoint> endpoints, ProbeLimits limits) {
    if (endpoints.isEmpty()) {
      return EtcdView.nothingAsked();
    }
    synchronized (etcd) {
      return new EtcdView(
          endpoints.stream().collect(Collectors.toMap(MemberEndpoint::name, this::answer)),
          etcd.confirmedBy(endpoints)
              ? Fact.known(etcd.members())
              : Fact.unknown("no member confirms the membership"));
    }
  }

  private MemberAnswer answer(MemberEndpoint endpoint) {
    Optional<FakeReplica> answering = etcd.answering(endpoint);
    return new MemberAnswer(
        endpoint,
        fact(endpoint, answering, this::status),
        fact(
            endpoint,
            answering.filter(replica -> !etcd.isLearner(replica)),
            replica -> replica.membersKnown),
        etcd.peersOnly(endpoint));
  }

  private static <T> Fact<T> fact(
      MemberEndpoint endpoint, Optional<FakeReplica> replica, Function<FakeReplica, T> reading) {
    return replica
        .map(reading)
        .map(Fact::known)
        .orElseGet(
            () -> Fact.unknown(endpoint.name() + " at " + endpoint.clientUrl() + ": no answer"));
  }

  private MemberStatus status(FakeReplica replica) {
    Optional<MemberId> leader = replica.staleLeader.or(etcd::leader);
    return new MemberStatus(
        replica.id,
        FakeEtcd.CLUSTER,
        leader,
        replica.term,
        replica.index,
        replica.index,
        replica.revision,
        etcd.isLearner(replica),
        FakeEtcd.VERSION,
        FakeMemberData.bytes(replica).length,
        leader.isPresent() ? List.of() : List.of("etcdserver: no leader"));
  }
}
