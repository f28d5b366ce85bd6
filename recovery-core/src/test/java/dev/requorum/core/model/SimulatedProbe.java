package dev.requorum.core.model;

import dev.requorum.ports.Fact;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberProbe;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.etcd.ProbeLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The etcd witness of the simulated world. */
final class SimulatedProbe implements MemberProbe {

  /** What becomes of the linearizable member list. */
  enum MemberList {
    HONEST,
    FAILS,
    EMPTY
  }

  MemberList memberList = MemberList.HONEST;
  private final SimulatedEtcd etcd;

  SimulatedProbe(SimulatedEtcd etcd) {
    this.etcd = etcd;
  }

  @Override
  public EtcdView probe(List<MemberEndpoint> endpoints, ProbeLimits limits) {
    if (endpoints.isEmpty()) {
      return EtcdView.nothingAsked();
    }
    Map<String, MemberAnswer> answers = new TreeMap<>();
    endpoints.forEach(endpoint -> answers.put(endpoint.name(), answer(endpoint)));
    return new EtcdView(answers, members(endpoints));
  }

  private Fact<List<Member>> members(List<MemberEndpoint> endpoints) {
    Optional<Disk> confirmed =
        endpoints.stream()
            .flatMap(endpoint -> etcd.answering(endpoint).stream())
            .filter(p -> p.leader.isPresent() && p.disk.votes(p.disk.id))
            .map(p -> p.disk)
            .findFirst();
    return switch (memberList) {
      case HONEST ->
          confirmed
              .map(disk -> Fact.known(disk.membership.stream().sorted().toList()))
              .orElseGet(() -> Fact.unknown("no member confirms the membership"));
      case FAILS -> Fact.unknown("etcdserver: request timed out");
      case EMPTY -> Fact.known(List.of());
    };
  }

  private MemberAnswer answer(MemberEndpoint endpoint) {
    Optional<MemberProcess> process = etcd.answering(endpoint);
    return new MemberAnswer(
        endpoint,
        fact(endpoint, process, SimulatedProbe::status),
        fact(
            endpoint,
            process.filter(p -> p.disk.votes(p.disk.id)),
            p -> p.disk.membership.stream().sorted().toList()),
        etcd.peersOnly(endpoint));
  }

  private static <T> Fact<T> fact(
      MemberEndpoint endpoint,
      Optional<MemberProcess> process,
      Function<MemberProcess, T> reading) {
    return process
        .map(reading)
        .map(Fact::known)
        .orElseGet(
            () -> Fact.unknown(endpoint.name() + " at " + endpoint.clientUrl() + ": no answer"));
  }

  private static MemberStatus status(MemberProcess process) {
    Disk disk = process.disk;
    return new MemberStatus(
        disk.id,
        disk.cluster,
        process.leader,
        disk.term,
        disk.index,
        disk.index,
        disk.revision,
        !disk.votes(disk.id),
        "3.6.16",
        4096,
        process.leader.isPresent() ? List.of() : List.of("etcdserver: no leader"));
  }
}
