package dev.requorum.core.model;

import dev.requorum.ports.Fact;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.NodeView;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.kubernetes.WorkloadView;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One StatefulSet with its pods, claims and nodes, its controller and the kubelets. The pod of an
 * ordinal runs on the node of that ordinal. Nothing moves but in {@link #tick}.
 */
final class SimulatedKubernetes {

  /** How many ticks a container that exited waits before it is started again. */
  private static final int BACK_OFF = 4;

  /** The pod template as far as it matters; {@code number} is that of the rest of it. */
  record Template(boolean forceFlag, int number) {}

  final Set<WorkloadPart> unreadable = EnumSet.noneOf(WorkloadPart.class);
  final Map<String, SimulatedPod> pods = new TreeMap<>();
  final Map<String, String> claims = new TreeMap<>();
  final Map<String, NodeView> nodes = new TreeMap<>();
  final SimulatedEtcd etcd;
  OrdinalWindow window;
  Template template = new Template(false, 1);
  Optional<String> armedFor = Optional.empty();
  Optional<InitialCluster> initialCluster = Optional.empty();
  Optional<SimulatedRestore> restore = Optional.empty();
  final Map<String, VolumeMarks> marks = new TreeMap<>();
  int restoresKilled;
  Storage storage = Storage.CLAIM_PER_MEMBER;
  long generation = 1;
  private int uidsGiven;

  SimulatedKubernetes(SimulatedEtcd etcd, int size) {
    this.etcd = etcd;
    this.window = new OrdinalWindow(0, size);
  }

  static String node(int ordinal) {
    return "node-" + ordinal;
  }

  /** One round of everybody's work: kubelets, controller, scheduler. */
  void tick() {
    List.copyOf(pods.values()).stream().filter(pod -> pod.terminating).forEach(this::finish);
    endOrphans();
    pods.values().stream().filter(pod -> !window.contains(pod.ordinal)).forEach(this::terminate);
    window
        .ordinals()
        .filter(ordinal -> !pods.containsKey(World.CLUSTER.memberName(ordinal)))
        .forEach(this::create);
    pods.values().forEach(this::run);
    restore.ifPresent(this::run);
    etcd.settle();
  }

  void terminate(SimulatedPod pod) {
    pod.terminating = true;
  }

  private void finish(SimulatedPod pod) {
    Optional<NodeView> node = pod.node.map(nodes::get);
    boolean kubeletThere = node.filter(NodeView::reporting).isPresent();
    boolean nobodyToAsk = node.isEmpty() || node.filter(NodeView::outOfService).isPresent();
    if (kubeletThere || nobodyToAsk) {
      forget(pod);
      etcd.stop(pod.uid);
    }
  }

  /** The pod's object is gone; a process behind a silent node lives on. */
  void forget(SimulatedPod pod) {
    pods.remove(pod.name);
    if (pod.node.map(nodes::get).filter(NodeView::reporting).isPresent()) {
      etcd.stop(pod.uid);
    }
  }

  /** A kubelet ends what runs of pods that are no more. */
  private void endOrphans() {
    etcd.running().stream()
        .filter(
            p -> Optional.ofNullable(pods.get(p.pod)).filter(o -> o.uid.equals(p.podUid)).isEmpty())
        .filter(p -> reports(node(World.CLUSTER.ordinalOf(p.pod).orElseThrow())))
        .forEach(p -> etcd.stop(p.podUid));
  }

  private void create(int ordinal) {
    String name = World.CLUSTER.memberName(ordinal);
    String claim = claims.computeIfAbsent(name, any -> "claim-" + ++uidsGiven);
    pods.put(name, new SimulatedPod(template, ordinal, "pod-" + ++uidsGiven, claim));
  }

  private void run(SimulatedPod pod) {
    if (pod.node.isEmpty() && reports(node(pod.ordinal))) {
      pod.node = Optional.of(node(pod.ordinal));
    }
    if (pod.terminating || pod.node.filter(this::reports).isEmpty()) {
      return;
    }
    pod.running = etcd.process(pod.uid).isPresent();
    if (!pod.running && pod.backOff-- <= 0) {
      start(pod);
    }
  }

  private void run(SimulatedRestore pod) {
    if (!pod.ended()
        && reports(node(World.CLUSTER.ordinalOf(pod.order.survivor()).orElseThrow()))) {
      boolean whole = restoresKilled <= 0;
      restoresKilled--;
      pod.end(etcd.restore(pod.order, whole));
    }
  }

  String nextUid() {
    return "uid-" + ++uidsGiven;
  }

  private void start(SimulatedPod pod) {
    Optional<String> complaint =
        etcd.start(
            new MemberStart(
                pod.name, pod.uid, pod.ip, pod.claimUid, pod.forceFlag, initialCluster));
    pod.running = complaint.isEmpty();
    pod.detail = complaint.orElse("");
    pod.backOff = BACK_OFF;
    pod.starts++;
  }

  private boolean reports(String node) {
    return Optional.ofNullable(nodes.get(node)).filter(NodeView::reporting).isPresent();
  }

  WorkloadView view() {
    return new WorkloadView(
        fact(WorkloadPart.STATEFUL_SET, Optional.of(statefulSet())),
        fact(WorkloadPart.PODS, podViews()),
        fact(WorkloadPart.VOLUMES, volumeViews()),
        fact(WorkloadPart.NODES, List.copyOf(nodes.values())),
        fact(WorkloadPart.INITIAL_CLUSTER, initialCluster));
  }

  StatefulSetView statefulSet() {
    return new StatefulSetView(
        "set-uid",
        generation,
        window,
        armedFor,
        template.forceFlag(),
        storage,
        Optional.of("v3.6.16"));
  }

  /** A silent node's pods are shown as they were last heard of, only not Ready. */
  private List<PodView> podViews() {
    return pods.values().stream().map(pod -> pod.view(ready(pod), template)).toList();
  }

  private boolean ready(SimulatedPod pod) {
    return pod.node.filter(this::reports).isPresent()
        && etcd.process(pod.uid).filter(p -> p.leader.isPresent()).isPresent();
  }

  private List<VolumeView> volumeViews() {
    return claims.entrySet().stream()
        .map(
            e ->
                new VolumeView(
                        "etcd-data-" + e.getKey(), e.getKey(), e.getValue(), true, false, false)
                    .marked(marks.getOrDefault(e.getValue(), VolumeMarks.none())))
        .toList();
  }

  private <T> Fact<T> fact(WorkloadPart part, T value) {
    return unreadable.contains(part) ? Fact.unknown(part + " is unreadable") : Fact.known(value);
  }

  /** Somebody changes something in the template that is not the flag. */
  void editTemplate(int number) {
    template = new Template(template.forceFlag(), number);
    generation++;
  }

  void changeTemplate(boolean forceFlag, Optional<String> mark) {
    template = new Template(forceFlag, template.number());
    armedFor = mark;
    generation++;
  }
}
