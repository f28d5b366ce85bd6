package dev.requorum.core.sim;

import dev.requorum.ports.Announcement;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.PreservedCopy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Everything but the operators: machines, network, etcd, API server, clients, and the time. */
final class World {

  static final ClusterRef CLUSTER = new ClusterRef("etcd", "demo");

  /** How old a look may be that an API server answers, in seconds. */
  static final int STALEST = 3;

  final Setup setup;
  final Net net = new Net();
  final Ledger ledger = new Ledger();
  final Kube kube;
  final Members members;
  final Raft raft;
  final Kubelets kubelets;
  final Records records;
  final Guard guard = new Guard(this);
  final CommitmentGuard commitments = new CommitmentGuard(this);
  final Upkeep upkeep = new Upkeep(this);
  final GrowthGuard growthGuard = new GrowthGuard(this);
  final Coverage coverage = new Coverage();
  final Narrator narrator;
  final Map<String, PreservedCopy> copies = new TreeMap<>();
  final Map<String, Announcement> announced = new TreeMap<>();
  final Deque<WorkloadView> looks = new ArrayDeque<>();
  final SplittableRandom chance;
  boolean copiesHidden;
  boolean keepsLooks;
  int size;
  Optional<String> acknowledged = Optional.empty();
  Optional<String> approved = Optional.empty();
  RecoveryWish.Mode mode;
  private long now = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
  private long untilNextSecond = 1000;

  World(Setup setup, long seed, Narrator narrator) {
    this.setup = setup;
    this.narrator = narrator;
    size = setup.size();
    mode = setup.mode();
    chance = new SplittableRandom(seed);
    kube = new Kube(size);
    members = new Members(net, ledger, guard);
    raft = new Raft(members, net, ledger, chance.split(), setup.preVote());
    kubelets = new Kubelets(kube, members, net);
    records = new Records(this);
    kube.initialCluster =
        Optional.of(
            new InitialCluster(
                InitialCluster.State.NEW,
                IntStream.range(0, size)
                    .boxed()
                    .collect(Collectors.toMap(CLUSTER::memberName, o -> goal().peerUrl(o)))));
  }

  ClusterGoal goal() {
    return new ClusterGoal(
        CLUSTER,
        size,
        ClusterGoal.Scheme.HTTP,
        acknowledged,
        new RecoveryWish(mode, Optional.of(setup.strategy()), approved));
  }

  Instant now() {
    return Instant.ofEpochMilli(now);
  }

  /** Time goes on, and with each whole second the world. */
  void pass(long millis) {
    long left = millis;
    while (left >= untilNextSecond) {
      left -= untilNextSecond;
      now += untilNextSecond;
      untilNextSecond = 1000;
      second();
    }
    now += left;
    untilNextSecond -= left;
  }

  private void second() {
    coverage.seconds++;
    members.running().forEach(one -> one.store.flush());
    kube.control();
    kubelets.second();
    upkeep.second();
    raft.second();
    if (setup.openEarly()) {
      members.running().forEach(one -> one.serves = true);
    }
    if (chance.nextInt(100) < setup.busy()) {
      write();
    }
    guard.everySecond();
    if (keepsLooks) {
      looks.addFirst(kube.view());
      if (looks.size() > STALEST) {
        looks.removeLast();
      }
    }
  }

  /** A write through everybody who takes himself for the leader. */
  void write() {
    for (Etcd one : members.running()) {
      if (one.leads && !one.hangs) {
        int number = ledger.nextWrite();
        if (raft.write(one, number)) {
          ledger.acknowledged(one.store, number);
          narrator.detail("write %d is acknowledged by %s", number, one.pod);
        }
      }
    }
  }

  /** True where the API server knows of every machine that it does not hear. */
  boolean silenceIsNoticed() {
    for (Machine machine : kube.machines) {
      boolean heard = machine.on && net.talk(machine.ordinal, Net.API);
      if (machine.exists && !heard && kube.reports(machine)) {
        return false;
      }
    }
    return true;
  }

  List<Etcd> leaders() {
    return members.running().stream()
        .filter(one -> !one.store.foreign && raft.isConfirmed(one))
        .toList();
  }

  /** True where every member that is asked for is a voter, runs, and follows one leader. */
  boolean isWhole() {
    List<Etcd> leaders = leaders();
    return leaders.size() == 1
        && leaders.get(0).store.members.size() == size
        && leaders.get(0).store.voters() == size
        && members.running().stream()
                .filter(one -> one.leader.equals(leaders.get(0).leader))
                .filter(one -> one.store.log.size() == leaders.get(0).store.log.size())
                .count()
            == size;
  }

  /** The directory that whoever starts now finds its data in. */
  Optional<String> directory() {
    return kube.initialCluster.flatMap(InitialCluster::directory);
  }

  /** True for data that a process works on, or that is on a claim that is there. */
  boolean isReachableData(Store store) {
    return members.running().stream().anyMatch(one -> one.store == store)
        || kube.claims.values().stream()
            .anyMatch(
                claim ->
                    members.store(claim.uid(), directory()).filter(s -> s == store).isPresent());
  }

  /** True where the process works on the claim that is its member's by now. */
  boolean hasItsClaim(Etcd one) {
    return Optional.ofNullable(kube.claims.get(one.pod))
        .flatMap(claim -> members.store(claim.uid(), directory()))
        .filter(store -> store == one.store)
        .isPresent();
  }
}
