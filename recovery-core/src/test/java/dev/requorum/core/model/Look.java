package dev.requorum.core.model;

import dev.requorum.core.Observation;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.NodeView;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.PreservedCopy;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One look at a cluster, put together piece by piece. It begins as a healthy, sealed cluster of so
 * many voters, with voter 0 leading; each method makes one thing different.
 */
public final class Look {

  public static final ClusterRef CLUSTER = World.CLUSTER;
  public static final ClusterId OURS = new ClusterId(0xc1);
  public static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

  private final Map<Integer, Member> members = new TreeMap<>();
  private final Map<Integer, MemberStatus> answers = new TreeMap<>();
  private final Map<Integer, PodView> pods = new TreeMap<>();
  private final Map<Integer, VolumeView> volumes = new TreeMap<>();
  private final Map<Integer, NodeView> nodes = new TreeMap<>();
  private final Set<WorkloadPart> unreadable = EnumSet.noneOf(WorkloadPart.class);
  private final Map<Integer, ClusterId> waiting = new TreeMap<>();
  private final LastKnown lastKnown;
  private int size;
  private Instant at = AT;
  private Optional<StatefulSetView> statefulSet;
  private Optional<InitialCluster> initialCluster = Optional.of(InitialCluster.sealed());
  private Optional<Fact<List<Member>>> memberList = Optional.empty();
  private Fact<Optional<PreservedCopy>> copy = Fact.unknown("not looked for");
  private Fact<Optional<RestoreView>> restore = Fact.known(Optional.empty());
  private Optional<Integer> leader = Optional.of(0);
  private RecoveryWish wish = RecoveryWish.defaults();

  private Look(int size) {
    this.size = size;
    statefulSet =
        Optional.of(
            new StatefulSetView(
                "set-uid",
                1,
                new OrdinalWindow(0, size),
                Optional.empty(),
                false,
                Storage.CLAIM_PER_MEMBER,
                Optional.of("v3.6.16")));
    for (int ordinal = 0; ordinal < size; ordinal++) {
      member(ordinal, false);
      runs(ordinal);
    }
    lastKnown = knownNow();
  }

  public static Look healthy(int size) {
    return new Look(size);
  }

  public static MemberId id(int ordinal) {
    return new MemberId(0x100 + ordinal);
  }

  public static String name(int ordinal) {
    return CLUSTER.memberName(ordinal);
  }

  // The membership and who answers.

  /** This ordinal's member is listed, and answers as a follower of the leader. */
  public Look member(int ordinal, boolean learner) {
    members.put(
        ordinal, new Member(id(ordinal), name(ordinal), List.of(peerUrl(ordinal)), learner));
    answers.put(ordinal, status(ordinal, learner));
    return this;
  }

  /** The id of a member that was added anew at this ordinal. */
  public static MemberId newId(int ordinal) {
    return new MemberId(0x200 + ordinal);
  }

  /** A learner that was added and never started: no name, no answer, no pod. */
  public Look newLearner(int ordinal) {
    members.put(ordinal, new Member(newId(ordinal), "", List.of(peerUrl(ordinal)), true));
    answers.remove(ordinal);
    pods.remove(ordinal);
    return this;
  }

  /** Somebody added by hand, who runs in no pod of this cluster. */
  public Look stranger(int number, boolean learner) {
    members.put(
        number,
        new Member(
            id(number),
            "elsewhere",
            List.of(URI.create("http://elsewhere.example:2380")),
            learner));
    return this;
  }

  public Look notAMember(int ordinal) {
    members.remove(ordinal);
    answers.remove(ordinal);
    return this;
  }

  public Look answer(int ordinal, UnaryOperator<MemberStatus> change) {
    answers.compute(ordinal, (o, was) -> change.apply(was == null ? status(o, false) : was));
    return this;
  }

  public Look silent(int ordinal) {
    answers.remove(ordinal);
    return this;
  }

  /** All who answer follow this one. */
  public Look led(int ordinal) {
    leader = Optional.of(ordinal);
    answers.replaceAll((o, s) -> withLeader(s, leader.map(Look::id)));
    return this;
  }

  /** All who answer know of no leader, and so nobody confirms the member list. */
  public Look leaderless() {
    leader = Optional.empty();
    answers.replaceAll((o, s) -> withLeader(s, Optional.empty()));
    return memberList(Fact.unknown("no leader"));
  }

  /** A quorum confirms the members listed now. */
  public Look listed() {
    memberList = Optional.empty();
    return this;
  }

  public Look memberList(Fact<List<Member>> list) {
    memberList = Optional.of(list);
    return this;
  }

  // What Kubernetes says.

  public Look runs(int ordinal) {
    volume(ordinal, "claim-" + ordinal);
    nodes.put(ordinal, new NodeView(node(ordinal), true, false));
    return pod(ordinal, true, true);
  }

  public Look pod(int ordinal, boolean running, boolean ready) {
    pods.put(
        ordinal,
        new PodView(
            name(ordinal),
            "pod-" + ordinal,
            Optional.of("10.0.0." + ordinal),
            Optional.of(node(ordinal)),
            ready,
            running,
            false,
            false,
            false,
            0,
            ""));
    return this;
  }

  public Look pod(int ordinal, UnaryOperator<PodView> change) {
    pods.computeIfPresent(ordinal, (o, was) -> change.apply(was));
    return this;
  }

  public Look noPod(int ordinal) {
    pods.remove(ordinal);
    return silent(ordinal);
  }

  public Look volume(int ordinal, String uid) {
    volumes.put(
        ordinal, new VolumeView("etcd-data-" + name(ordinal), name(ordinal), uid, true, false));
    return this;
  }

  public Look volume(int ordinal, UnaryOperator<VolumeView> change) {
    volumes.computeIfPresent(ordinal, (o, was) -> change.apply(was));
    return this;
  }

  public Look noVolume(int ordinal) {
    volumes.remove(ordinal);
    return this;
  }

  /** Its volume was deleted, with its pod. */
  public Look gone(int ordinal) {
    return noVolume(ordinal).noPod(ordinal);
  }

  /** Its pod does not run; its volume is there. */
  public Look down(int ordinal) {
    return pod(ordinal, false, false).silent(ordinal);
  }

  /**
   * Its pod was restarted since the quorum was lost: it runs, and answers at its peer port alone.
   */
  public Look restarted(int ordinal) {
    return restarted(ordinal, OURS);
  }

  /** The same, with the data of some cluster. */
  public Look restarted(int ordinal, ClusterId cluster) {
    waiting.put(ordinal, cluster);
    return pod(ordinal, true, false).silent(ordinal);
  }

  /** It does not answer, and its node is silent. */
  public Look unreachable(int ordinal) {
    return pod(ordinal, true, false).node(ordinal, false, false).silent(ordinal);
  }

  public Look node(int ordinal, boolean reporting, boolean outOfService) {
    nodes.put(ordinal, new NodeView(node(ordinal), reporting, outOfService));
    return this;
  }

  public Look noNode(int ordinal) {
    nodes.remove(ordinal);
    return this;
  }

  public Look hidden(WorkloadPart part) {
    unreadable.add(part);
    return this;
  }

  public Look window(int start, int end) {
    return set(s -> with(s, new OrdinalWindow(start, end - start)));
  }

  public Look set(UnaryOperator<StatefulSetView> change) {
    statefulSet = statefulSet.map(change);
    return this;
  }

  public Look armed(Optional<String> mark, boolean flag) {
    return set(
        s ->
            new StatefulSetView(
                s.uid(), s.generation(), s.window(), mark, flag, s.storage(), s.imageTag()));
  }

  public Look storage(Storage storage) {
    return set(
        s ->
            new StatefulSetView(
                s.uid(),
                s.generation(),
                s.window(),
                s.armedFor(),
                s.forceFlag(),
                storage,
                s.imageTag()));
  }

  public Look imageTag(Optional<String> tag) {
    return set(
        s ->
            new StatefulSetView(
                s.uid(),
                s.generation(),
                s.window(),
                s.armedFor(),
                s.forceFlag(),
                s.storage(),
                tag));
  }

  public Look noStatefulSet() {
    statefulSet = Optional.empty();
    return this;
  }

  public Look initialCluster(Optional<InitialCluster> content) {
    initialCluster = content;
    return this;
  }

  public Look copy(Fact<Optional<PreservedCopy>> found) {
    copy = found;
    return this;
  }

  public Look restore(Fact<Optional<RestoreView>> found) {
    restore = found;
    return this;
  }

  public Look size(int wanted) {
    size = wanted;
    return this;
  }

  public Look wish(RecoveryWish wanted) {
    wish = wanted;
    return this;
  }

  public Look at(Instant when) {
    at = when;
    return this;
  }

  // The outcome.

  public Observation seen() {
    return new Observation(at, goal(), workload(), etcd(), copy, restore);
  }

  public ClusterGoal goal() {
    return new ClusterGoal(CLUSTER, size, ClusterGoal.Scheme.HTTP, Optional.empty(), wish);
  }

  /** What was known of the healthy cluster that this look began as. */
  public LastKnown lastKnown() {
    return lastKnown;
  }

  /** What would be known had a quorum confirmed the members listed now. */
  public LastKnown knownNow() {
    return new LastKnown(
        true, Optional.of(OURS), members.entrySet().stream().map(this::known).toList());
  }

  private KnownMember known(Map.Entry<Integer, Member> entry) {
    Optional<MemberStatus> status = Optional.ofNullable(answers.get(entry.getKey()));
    return new KnownMember(
        entry.getValue().id(),
        entry.getValue().podName(),
        entry.getValue().learner(),
        Optional.ofNullable(volumes.get(entry.getKey())).map(VolumeView::uid),
        Optional.of(node(entry.getKey())),
        status.map(MemberStatus::revision).orElse(0L),
        status.map(any -> AT));
  }

  private WorkloadView workload() {
    return new WorkloadView(
        fact(WorkloadPart.STATEFUL_SET, statefulSet),
        fact(WorkloadPart.PODS, List.copyOf(pods.values())),
        fact(WorkloadPart.VOLUMES, List.copyOf(volumes.values())),
        fact(WorkloadPart.NODES, List.copyOf(nodes.values())),
        fact(WorkloadPart.INITIAL_CLUSTER, initialCluster));
  }

  private <T> Fact<T> fact(WorkloadPart part, T value) {
    return unreadable.contains(part) ? Fact.unknown(part + " is unreadable") : Fact.known(value);
  }

  private EtcdView etcd() {
    Map<String, MemberAnswer> all = new TreeMap<>();
    pods.keySet().forEach(ordinal -> all.put(name(ordinal), answer(ordinal)));
    List<Member> list = List.copyOf(members.values());
    return new EtcdView(all, memberList.orElseGet(() -> Fact.known(list)));
  }

  private MemberAnswer answer(int ordinal) {
    MemberEndpoint endpoint =
        new MemberEndpoint(name(ordinal), URI.create("http://10.0.0." + ordinal + ":2379"));
    Optional<MemberStatus> status = Optional.ofNullable(answers.get(ordinal));
    List<Member> list = List.copyOf(members.values());
    return new MemberAnswer(
        endpoint,
        status.map(Fact::known).orElseGet(() -> Fact.unknown("no answer")),
        status
            .filter(s -> !s.learner())
            .map(s -> Fact.known(list))
            .orElseGet(() -> Fact.unknown("no answer")),
        Optional.ofNullable(waiting.get(ordinal)).filter(any -> status.isEmpty()));
  }

  private MemberStatus status(int ordinal, boolean learner) {
    return new MemberStatus(
        id(ordinal), OURS, leader.map(Look::id), 3, 50, 50, 40, learner, "3.6.16", 1, List.of());
  }

  private static MemberStatus withLeader(MemberStatus s, Optional<MemberId> leader) {
    return new MemberStatus(
        s.id(),
        s.clusterId(),
        leader,
        s.raftTerm(),
        s.raftIndex(),
        s.raftAppliedIndex(),
        s.revision(),
        s.learner(),
        s.version(),
        s.dbSize(),
        s.errors());
  }

  private static StatefulSetView with(StatefulSetView s, OrdinalWindow window) {
    return new StatefulSetView(
        s.uid(), s.generation(), window, s.armedFor(), s.forceFlag(), s.storage(), s.imageTag());
  }

  private static String node(int ordinal) {
    return "node-" + ordinal;
  }

  private static URI peerUrl(int ordinal) {
    return new ClusterGoal(CLUSTER, 1, ClusterGoal.Scheme.HTTP, Optional.empty()).peerUrl(ordinal);
  }
}
