package dev.requorum.ports.kubernetes;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A small Kubernetes in memory: StatefulSets, pods, claims and nodes. Acts change what was asked
 * for; {@link #settle} plays the controllers and kubelets that follow. Not for several threads.
 */
public final class FakeWorkload implements Workload {

  private final Map<ClusterRef, FakeStatefulSet> clusters = new HashMap<>();
  private final SortedMap<String, NodeView> nodes = new TreeMap<>();
  private final Set<WorkloadPart> unreadable = EnumSet.noneOf(WorkloadPart.class);
  private int made;

  /** Makes a cluster whose members all run, each on a node of its own. */
  public void createCluster(ClusterRef cluster, int size) {
    clusters.put(cluster, new FakeStatefulSet(nextUid(), new OrdinalWindow(0, size)));
    settle(cluster);
  }

  /** What is in the StatefulSet beside what the acts of the port change. */
  public Map<String, Object> restOfSpec(ClusterRef cluster) {
    return require(cluster).restOfSpec();
  }

  /** From now on this part cannot be read. */
  public void makeUnreadable(WorkloadPart part) {
    unreadable.add(part);
  }

  /** From now on all can be read again. */
  public void makeReadable() {
    unreadable.clear();
  }

  /** Ends what terminates, and makes and starts what is wanted and is not there. */
  public void settle(ClusterRef cluster) {
    FakeStatefulSet set = require(cluster);
    set.pods.values().removeIf(PodView::terminating);
    set.restore = set.restore.filter(pod -> !pod.terminating());
    set.volumes.values().removeIf(volume -> volume.terminating() && unused(set, volume));
    set.window.ordinals().forEach(ordinal -> start(set, cluster, ordinal));
  }

  /** Somebody else changes the StatefulSet's spec. */
  public void changeSpec(ClusterRef cluster) {
    require(cluster).generation++;
  }

  /** Somebody else deletes the pod by force. */
  public void deletePod(ClusterRef cluster, String pod) {
    require(cluster).pods.remove(pod);
  }

  /** Somebody else deletes the claim. */
  public void deleteVolume(ClusterRef cluster, String member) {
    require(cluster).volumes.remove(member);
  }

  /** Replaces the claim by what the function makes of it. */
  public void changeVolume(ClusterRef cluster, String member, UnaryOperator<VolumeView> change) {
    require(cluster).volumes.computeIfPresent(member, (name, now) -> change.apply(now));
  }

  /** Replaces the pod by what the function makes of it. */
  public void changePod(ClusterRef cluster, String pod, UnaryOperator<PodView> change) {
    require(cluster).pods.computeIfPresent(pod, (name, now) -> change.apply(now));
  }

  /** Somebody edits {@code <name>-state}; empty deletes it. */
  public void setInitialCluster(ClusterRef cluster, Optional<InitialCluster> content) {
    require(cluster).initialCluster = content;
  }

  public void putNode(NodeView node) {
    nodes.put(node.name(), node);
  }

  public void removeNode(String name) {
    nodes.remove(name);
  }

  @Override
  public WorkloadView observe(ClusterRef cluster) {
    Optional<FakeStatefulSet> set = find(cluster);
    return new WorkloadView(
        read(WorkloadPart.STATEFUL_SET, () -> set.map(FakeStatefulSet::view)),
        read(WorkloadPart.PODS, () -> set.map(s -> List.copyOf(s.pods.values())).orElse(List.of())),
        read(
            WorkloadPart.VOLUMES,
            () -> set.map(s -> List.copyOf(s.volumes.values())).orElse(List.of())),
        read(WorkloadPart.NODES, () -> List.copyOf(nodes.values())),
        read(WorkloadPart.INITIAL_CLUSTER, () -> set.flatMap(s -> s.initialCluster)));
  }

  @Override
  public Outcome resize(ClusterRef cluster, StatefulSetView seen, OrdinalWindow window) {
    return edit(
        cluster,
        seen,
        set -> set.window.equals(window),
        set -> {
          set.window = window;
          set.pods.replaceAll(
              (name, pod) ->
                  window.contains(cluster.ordinalOf(name).orElseThrow()) ? pod : ending(pod));
        });
  }

  @Override
  public Outcome arm(ClusterRef cluster, StatefulSetView seen, String survivor, String incident) {
    FakeStatefulSet live = clusters.get(cluster);
    if (live != null && !mayArm(cluster, live, survivor)) {
      return Outcome.refused("the precondition of arming does not hold");
    }
    return edit(
        cluster,
        seen,
        set -> set.forceFlag && set.armedFor.equals(Optional.of(incident)),
        set -> setForce(set, true, Optional.of(incident)));
  }

  @Override
  public Outcome disarm(ClusterRef cluster, StatefulSetView seen) {
    return edit(
        cluster, seen, set -> !set.view().armed(), set -> setForce(set, false, Optional.empty()));
  }

  @Override
  public Outcome writeInitialCluster(
      ClusterRef cluster, Optional<InitialCluster> seen, InitialCluster content) {
    Optional<InitialCluster> now = require(cluster).initialCluster;
    if (!now.equals(seen) && !now.equals(Optional.of(content))) {
      return Outcome.refused("the initial cluster is another one by now");
    }
    require(cluster).initialCluster = Optional.of(content);
    return Outcome.done();
  }

  @Override
  public Outcome restartPod(ClusterRef cluster, String pod, String uid) {
    PodView live = require(cluster).pods.get(pod);
    if (live == null) {
      return Outcome.done();
    }
    if (!live.uid().equals(uid)) {
      return Outcome.refused("another pod by now");
    }
    changePod(cluster, pod, FakeWorkload::ending);
    return Outcome.done();
  }

  @Override
  public Outcome discardVolume(ClusterRef cluster, String member, String uid) {
    FakeStatefulSet set = require(cluster);
    VolumeView live = set.volumes.get(member);
    if (live == null) {
      return Outcome.done();
    }
    boolean wanted = set.window.contains(cluster.ordinalOf(member).orElseThrow());
    if (!live.uid().equals(uid) || wanted || set.pods.containsKey(member)) {
      return Outcome.refused("another claim, or still in use");
    }
    set.volumes.remove(member);
    return Outcome.done();
  }

  Optional<FakeStatefulSet> find(ClusterRef cluster) {
    return Optional.ofNullable(clusters.get(cluster));
  }

  private Outcome edit(
      ClusterRef cluster,
      StatefulSetView seen,
      Function<FakeStatefulSet, Boolean> alreadySo,
      java.util.function.Consumer<FakeStatefulSet> change) {
    FakeStatefulSet live = clusters.get(cluster);
    if (live == null || !live.uid.equals(seen.uid())) {
      return Outcome.refused("no such StatefulSet any more");
    }
    if (alreadySo.apply(live)) {
      return Outcome.done();
    }
    if (live.generation != seen.generation()) {
      return Outcome.refused("the spec changed since");
    }
    change.accept(live);
    live.generation++;
    return Outcome.done();
  }

  private static boolean mayArm(ClusterRef cluster, FakeStatefulSet set, String survivor) {
    PodView pod = set.pods.get(survivor);
    return set.window.equals(OrdinalWindow.only(cluster.ordinalOf(survivor).orElse(-1)))
        && pod != null
        && !pod.terminating()
        && set.initialCluster
            .filter(content -> content.state() == InitialCluster.State.NEW)
            .filter(content -> content.members().keySet().equals(Set.of(survivor)))
            .isPresent();
  }

  private static void setForce(FakeStatefulSet set, boolean flag, Optional<String> incident) {
    boolean templateChanges = set.forceFlag != flag;
    set.forceFlag = flag;
    set.armedFor = incident;
    set.pods.replaceAll(
        (name, pod) -> templateChanges ? with(pod, pod.terminating(), !pod.outdated()) : pod);
  }

  private void start(FakeStatefulSet set, ClusterRef cluster, int ordinal) {
    String name = cluster.memberName(ordinal);
    String node = "node-" + cluster.name() + "-" + ordinal;
    set.volumes.computeIfAbsent(
        name, member -> new VolumeView("etcd-data-" + member, member, nextUid(), true, false));
    set.pods.computeIfAbsent(
        name,
        pod -> {
          nodes.putIfAbsent(node, new NodeView(node, true, false));
          return new PodView(
              name,
              nextUid(),
              Optional.of("10.0.0." + (ordinal + 1)),
              Optional.of(node),
              true,
              true,
              false,
              set.forceFlag,
              false,
              0,
              "");
        });
  }

  private static boolean unused(FakeStatefulSet set, VolumeView volume) {
    return !set.pods.containsKey(volume.member());
  }

  private static PodView ending(PodView pod) {
    return with(pod, true, pod.outdated());
  }

  private static PodView with(PodView pod, boolean terminating, boolean outdated) {
    return new PodView(
        pod.name(),
        pod.uid(),
        pod.ip(),
        pod.node(),
        pod.ready(),
        pod.running(),
        terminating,
        pod.forceFlag(),
        outdated,
        pod.restarts(),
        pod.detail());
  }

  <T> Fact<T> read(WorkloadPart part, Supplier<T> look) {
    return unreadable.contains(part)
        ? Fact.unknown(part + " cannot be read")
        : Fact.known(look.get());
  }

  String nextUid() {
    return "uid-" + ++made;
  }

  FakeStatefulSet require(ClusterRef cluster) {
    FakeStatefulSet set = clusters.get(cluster);
    if (set == null) {
      throw new PortFailure("reach " + cluster, "it does not exist");
    }
    return set;
  }
}
