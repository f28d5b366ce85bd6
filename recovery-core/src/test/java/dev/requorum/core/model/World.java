package dev.requorum.core.model;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.NodeView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Strategy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A whole world in one thread: one etcd cluster on Kubernetes, behind all ports of the engine, with
 * a clock that stands still until a test moves it. It knows what the operator cannot see, and keeps
 * book of every act that it should never have done.
 */
public final class World {

  public static final ClusterRef CLUSTER = new ClusterRef("etcd", "demo");

  final SimulatedEtcd etcd = new SimulatedEtcd();
  final SimulatedKubernetes kubernetes;
  final SimulatedProbe probe = new SimulatedProbe(etcd);
  final SimulatedRecords records = new SimulatedRecords();
  final Map<String, PreservedCopy> copies = new TreeMap<>();
  final Map<String, Announcement> announced = new LinkedHashMap<>();
  final List<String> acts = new ArrayList<>();
  final List<String> wrongs = new ArrayList<>();
  boolean copiesHidden;
  private int size;
  private Instant now = Instant.parse("2026-01-31T12:00:00Z");
  private Optional<String> acknowledged = Optional.empty();
  private Strategy strategy = Strategy.FORCE_NEW_CLUSTER;
  private RecoveryWish.Mode mode = RecoveryWish.Mode.AUTOMATIC;
  private Optional<String> approvedPlan = Optional.empty();

  private World(int size) {
    this.size = size;
    kubernetes = new SimulatedKubernetes(etcd, size);
    IntStream.range(0, Math.max(size, 9)).forEach(this::repairNode);
  }

  /** A cluster of so many members, all of them started and healthy; nobody operates it yet. */
  public static World of(int size) {
    World world = new World(size);
    world.kubernetes.initialCluster =
        Optional.of(
            new InitialCluster(
                InitialCluster.State.NEW,
                IntStream.range(0, size)
                    .boxed()
                    .collect(Collectors.toMap(CLUSTER::memberName, o -> world.goal().peerUrl(o)))));
    world.tick();
    world.write();
    return world;
  }

  public Ports ports() {
    return new Ports(
        new WatchedWorkload(this),
        probe,
        new WatchedMembership(this),
        new SimulatedPreservation(this),
        new SimulatedRestoration(this),
        records,
        (cluster, announcement) -> announced.putIfAbsent(announcement.key(), announcement),
        () -> now);
  }

  public ClusterGoal goal() {
    return new ClusterGoal(
        CLUSTER,
        size,
        ClusterGoal.Scheme.HTTP,
        acknowledged,
        new RecoveryWish(mode, Optional.of(strategy), approvedPlan));
  }

  // What a test does to it.

  public void tick() {
    kubernetes.tick();
  }

  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  public void askForSize(int wanted) {
    size = wanted;
  }

  /** How the cluster is to be rebuilt; in place by force where nobody says otherwise. */
  public World by(Strategy wanted) {
    strategy = wanted;
    return this;
  }

  /** From now on a member that is started serves no clients before it has seen a leader. */
  public World startedMembersWait() {
    etcd.waitsForLeader = true;
    return this;
  }

  public void askFor(RecoveryWish.Mode wanted) {
    mode = wanted;
  }

  public void approve(String plan) {
    approvedPlan = Optional.of(plan);
  }

  /** So many restores from now on are killed in the middle. */
  public void killRestores(int count) {
    kubernetes.restoresKilled = count;
  }

  /** A human deletes the pod of a restore. */
  public void deleteRestorePod() {
    kubernetes.restore = Optional.empty();
  }

  public void acknowledge(String incident) {
    acknowledged = Optional.of(incident);
  }

  /** One write; false where nobody could acknowledge it. */
  public boolean write() {
    return etcd.write();
  }

  /** Deletes the member's pod by force, and its claim with the data. */
  public void loseVolume(int ordinal) {
    kubernetes.claims.remove(CLUSTER.memberName(ordinal));
    deletePodByForce(ordinal);
  }

  public void deletePodByForce(int ordinal) {
    pod(ordinal).ifPresent(kubernetes::forget);
  }

  /** The member's process dies and does not start again with the data it has. */
  public void breakProcess(int ordinal) {
    pod(ordinal)
        .ifPresent(
            pod -> {
              etcd.breakData(pod.claimUid, directory());
              etcd.stop(pod.uid);
              pod.running = false;
              pod.detail = "CrashLoopBackOff";
            });
  }

  public void mendProcess(int ordinal) {
    pod(ordinal).ifPresent(pod -> etcd.mendData(pod.claimUid, directory()));
  }

  /** Nobody reaches the member's node any more; what runs there runs on. */
  public void cutOff(int ordinal, int island) {
    etcd.islands.put(CLUSTER.memberName(ordinal), island);
    node(ordinal)
        .ifPresent(n -> kubernetes.nodes.put(n.name(), new NodeView(n.name(), false, false)));
    etcd.settle();
  }

  public void reconnect(int ordinal) {
    etcd.islands.remove(CLUSTER.memberName(ordinal));
    node(ordinal).ifPresent(n -> repairNode(ordinal));
    etcd.settle();
  }

  public void repairNode(int ordinal) {
    String name = SimulatedKubernetes.node(ordinal);
    kubernetes.nodes.put(name, new NodeView(name, true, false));
  }

  /** The node is there and reached again, whatever had become of it. */
  public void reconnectOrAddNode(int ordinal) {
    etcd.islands.remove(CLUSTER.memberName(ordinal));
    repairNode(ordinal);
    etcd.settle();
  }

  /** The node is gone for good, with all that ran there. */
  public void deleteNode(int ordinal) {
    kubernetes.nodes.remove(SimulatedKubernetes.node(ordinal));
    etcd.running().stream()
        .filter(process -> process.pod.equals(CLUSTER.memberName(ordinal)))
        .forEach(process -> etcd.stop(process.podUid));
  }

  /** The member runs on, but answers none of the operator's questions. */
  public void mute(int ordinal) {
    etcd.muted.add(CLUSTER.memberName(ordinal));
  }

  public void unmute(int ordinal) {
    etcd.muted.remove(CLUSTER.memberName(ordinal));
  }

  public void lagBehind(int ordinal) {
    etcd.laggards.add(CLUSTER.memberName(ordinal));
  }

  public void catchUp(int ordinal) {
    etcd.laggards.remove(CLUSTER.memberName(ordinal));
  }

  public void memberListFails(boolean fails) {
    probe.memberList = fails ? SimulatedProbe.MemberList.FAILS : SimulatedProbe.MemberList.HONEST;
  }

  public void memberListIsEmpty() {
    probe.memberList = SimulatedProbe.MemberList.EMPTY;
  }

  /** Somebody changes the rest of the pod template; 1 is what it was at first. */
  public void editTemplate(int number) {
    kubernetes.editTemplate(number);
  }

  /** The operator moved, and finds nothing where it kept its copies. */
  public void loseCopies() {
    copies.clear();
  }

  /** It cannot be told whether there is a copy. */
  public void hideCopies(boolean hidden) {
    copiesHidden = hidden;
  }

  public void hide(WorkloadPart part) {
    kubernetes.unreadable.add(part);
  }

  public void showEverything() {
    kubernetes.unreadable.clear();
  }

  /** A learner that somebody added by hand, running or not. */
  public void addLearner(int ordinal) {
    new SimulatedMembership(etcd).addLearner(endpoints(), goal().peerUrl(ordinal));
  }

  // What is true of it.

  public RecoveryRecord record() {
    return records.newest();
  }

  public List<RecoveryRecord> recordsStored() {
    return records.all();
  }

  public StatefulSetView statefulSet() {
    return kubernetes.statefulSet();
  }

  public Optional<InitialCluster> initialCluster() {
    return kubernetes.initialCluster;
  }

  public List<Announcement> announcements() {
    return List.copyOf(announced.values());
  }

  /** Every act that reached the world, in order, as a word or two. */
  public List<String> acts() {
    return List.copyOf(acts);
  }

  /** Acts that should never have been, and what etcd should never have come to. */
  public List<String> wrongs() {
    List<String> all = new ArrayList<>(wrongs);
    all.addAll(etcd.disasters());
    return all;
  }

  /** True where every member that is asked for is a voter, runs, and follows one leader. */
  public boolean isWhole() {
    Optional<MemberProcess> leader = etcd.leader();
    return leader.isPresent()
        && leader.get().disk.membership.size() == size
        && leader.get().disk.voters() == size
        && etcd.onIsland(0).stream()
                .filter(p -> p.leader.equals(leader.get().leader))
                .filter(p -> p.disk.revision == leader.get().disk.revision)
                .count()
            == size;
  }

  /** How often a rebuild really dropped members. */
  public int timesForced() {
    return etcd.membersDroppedTimes();
  }

  public boolean hasLeaderAnywhere() {
    return etcd.anyLeader();
  }

  /** The revision that clients see; empty where there is no leader. */
  public Optional<Long> revision() {
    return etcd.leader().map(p -> p.disk.revision);
  }

  public String claimUid(int ordinal) {
    return String.valueOf(kubernetes.claims.get(CLUSTER.memberName(ordinal)));
  }

  Instant now() {
    return now;
  }

  private Optional<SimulatedPod> pod(int ordinal) {
    return Optional.ofNullable(kubernetes.pods.get(CLUSTER.memberName(ordinal)));
  }

  private Optional<String> directory() {
    return kubernetes.initialCluster.flatMap(told -> told.directory());
  }

  private Optional<NodeView> node(int ordinal) {
    return Optional.ofNullable(kubernetes.nodes.get(SimulatedKubernetes.node(ordinal)));
  }

  private List<MemberEndpoint> endpoints() {
    return kubernetes.pods.values().stream()
        .map(pod -> new MemberEndpoint(pod.name, URI.create("http://" + pod.ip + ":2379")))
        .toList();
  }
}
