package dev.requorum.e2e.bench;

import dev.requorum.e2e.world.Await;
import dev.requorum.jetcd.EtcdChannels;
import dev.requorum.jetcd.JetcdMemberData;
import dev.requorum.jetcd.JetcdMemberProbe;
import dev.requorum.jetcd.JetcdMembership;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.etcd.ProbeLimits;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The floor under any operator: the same steps (copy, force, verify, restart without the flag, two
 * learners added and promoted) by direct calls to etcd, with no Kubernetes and no waiting for
 * anything but etcd itself.
 */
final class BareFloor implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ProbeLimits LOOK =
      new ProbeLimits(Duration.ofSeconds(1), Duration.ofSeconds(1));

  private final EtcdChannels channels = new EtcdChannels();
  private final JetcdMemberProbe probe = new JetcdMemberProbe(channels);
  private final JetcdMembership membership = new JetcdMembership(channels);
  private final JetcdMemberData data = new JetcdMemberData(channels);
  private final List<BareMember> members;

  BareFloor(Path binary, Path directory) {
    members =
        List.of(
            new BareMember(binary, directory, 0),
            new BareMember(binary, directory, 1),
            new BareMember(binary, directory, 2));
  }

  /** Starts three members, kills two with their disks, and brings the cluster back. */
  Timing run() {
    String all = members.stream().map(BareMember::initialCluster).collect(Collectors.joining(","));
    members.forEach(member -> member.start(all, "new"));
    BareMember survivor = members.get(1);
    Await.until("three members", LIMIT, () -> voters(survivor) == 3, () -> look(survivor));
    members.get(0).killAndLoseDisk();
    members.get(2).killAndLoseDisk();

    long start = System.nanoTime();
    data.snapshot(survivor.endpoint(), OutputStream.nullOutputStream(), LIMIT);
    survivor.stop();
    survivor.start(survivor.initialCluster(), "new", "--force-new-cluster");
    awaitLeadsItself(survivor);
    long writesBack = millisSince(start);
    survivor.stop();
    survivor.start(survivor.initialCluster(), "new");
    awaitLeadsItself(survivor);
    List<BareMember> joined = new ArrayList<>(List.of(survivor));
    for (BareMember joining : List.of(members.get(0), members.get(2))) {
      join(survivor, joining, joined);
      joined.add(joining);
    }
    return new Timing(writesBack, millisSince(start));
  }

  private void join(BareMember survivor, BareMember joining, List<BareMember> joined) {
    List<MemberEndpoint> ask = List.of(survivor.endpoint());
    Await.until(
        "a learner is added",
        LIMIT,
        () -> membership.addLearner(ask, joining.peerUrl()).isDone(),
        () -> look(survivor));
    String cluster =
        joined.stream().map(BareMember::initialCluster).collect(Collectors.joining(","));
    joining.start(cluster + "," + joining.initialCluster(), "existing");
    Await.until(
        "a learner is promoted",
        LIMIT,
        () ->
            learners(survivor).stream()
                .allMatch(learner -> membership.promote(ask, learner.id()).isDone()),
        () -> look(survivor));
  }

  private void awaitLeadsItself(BareMember survivor) {
    Await.until(
        "the survivor leads itself",
        LIMIT,
        () -> {
          EtcdView view = look(survivor);
          return view.linearizableMembers().isKnown()
              && view.status(survivor.name()).filter(MemberStatus::leadsItself).isPresent();
        },
        () -> look(survivor));
  }

  private EtcdView look(BareMember member) {
    return probe.probe(List.of(member.endpoint()), LOOK);
  }

  private List<Member> learners(BareMember survivor) {
    return look(survivor).linearizableMembers().value().orElse(List.of()).stream()
        .filter(Member::learner)
        .toList();
  }

  private long voters(BareMember survivor) {
    return look(survivor).linearizableMembers().value().orElse(List.of()).stream()
        .filter(member -> !member.name().isEmpty() && !member.learner())
        .count();
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Override
  public void close() {
    try {
      members.forEach(BareMember::killAndLoseDisk);
    } finally {
      channels.close();
    }
  }
}
