package dev.requorum.core.sim;

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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the API server stores of one cluster, and the controllers that work upon it. The pod of an
 * ordinal runs on the machine of that ordinal.
 */
final class Kube {

  /** For how long a node is taken for reporting after it fell silent, in seconds. */
  static final int SILENCE_NOTICED_AFTER = 8;

  /** For how long a node is silent before the pods on it are deleted, in seconds. */
  private static final int EVICTED_AFTER = 20;

  /** A claim as it is stored. */
  record Claim(String uid, boolean terminating) {}

  final Set<WorkloadPart> unreadable = EnumSet.noneOf(WorkloadPart.class);
  final Map<String, Pod> pods = new TreeMap<>();
  final Map<String, Claim> claims = new TreeMap<>();
  final Map<String, VolumeMarks> marks = new TreeMap<>();
  final List<Machine> machines = new ArrayList<>();
  OrdinalWindow window;
  Pod.Template template = new Pod.Template(false, 1);
  Optional<String> armedFor = Optional.empty();
  Optional<InitialCluster> initialCluster = Optional.empty();
  Optional<RestorePod> restore = Optional.empty();
  long generation = 1;
  long second;
  private int uidsGiven;

  Kube(int size) {
    window = new OrdinalWindow(0, size);
    for (int ordinal = 0; ordinal < Net.MACHINES; ordinal++) {
      machines.add(new Machine(ordinal));
    }
  }

  static String node(int ordinal) {
    return "node-" + ordinal;
  }

  /** What the controllers do in a second. */
  void control() {
    second++;
    for (Pod pod : List.copyOf(pods.values())) {
      Machine machine = machines.get(pod.ordinal);
      boolean given = !machine.exists || machine.outOfService && !reports(machine);
      if (pod.bound && given) {
        remove(pod);
      } else if (!window.contains(pod.ordinal) || pod.bound && isEvicted(machine)) {
        pod.terminating = true;
      }
    }
    window
        .ordinals()
        .filter(ordinal -> !pods.containsKey(World.CLUSTER.memberName(ordinal)))
        .forEach(this::create);
  }

  private boolean isEvicted(Machine machine) {
    return second - machine.lastContact >= EVICTED_AFTER;
  }

  private void create(int ordinal) {
    String name = World.CLUSTER.memberName(ordinal);
    Claim claim = claims.computeIfAbsent(name, any -> new Claim("claim-" + ++uidsGiven, false));
    pods.put(name, new Pod(ordinal, "pod-" + ++uidsGiven, claim.uid(), template, armedFor));
  }

  /** The pod's object is gone, and a claim that waited for that goes with it. */
  void remove(Pod pod) {
    pods.remove(pod.name);
    Optional.ofNullable(claims.get(pod.name))
        .filter(Claim::terminating)
        .ifPresent(any -> claims.remove(pod.name));
  }

  String nextUid() {
    return "uid-" + ++uidsGiven;
  }

  boolean reports(Machine machine) {
    return machine.exists && second - machine.lastContact < SILENCE_NOTICED_AFTER;
  }

  Optional<Pod> pod(String name) {
    return Optional.ofNullable(pods.get(name));
  }

  WorkloadView view() {
    return new WorkloadView(
        fact(WorkloadPart.STATEFUL_SET, Optional.of(statefulSet())),
        fact(WorkloadPart.PODS, podViews()),
        fact(WorkloadPart.VOLUMES, volumeViews()),
        fact(WorkloadPart.NODES, nodeViews()),
        fact(WorkloadPart.INITIAL_CLUSTER, initialCluster));
  }

  StatefulSetView statefulSet() {
    return new StatefulSetView(
        "set-uid",
        generation,
        window,
        armedFor,
        template.forceFlag(),
        Storage.CLAIM_PER_MEMBER,
        Optional.of("v3.6.16"));
  }

  private List<PodView> podViews() {
    return pods.values().stream()
        .map(pod -> pod.view(reports(machines.get(pod.ordinal)), template))
        .toList();
  }

  private List<NodeView> nodeViews() {
    return machines.stream()
        .filter(machine -> machine.exists)
        .map(m -> new NodeView(node(m.ordinal), reports(m), m.outOfService))
        .toList();
  }

  private List<VolumeView> volumeViews() {
    List<VolumeView> views = new ArrayList<>();
    claims.forEach(
        (member, claim) ->
            views.add(
                new VolumeView(
                        "etcd-data-" + member,
                        member,
                        claim.uid(),
                        true,
                        claim.terminating(),
                        false)
                    .marked(marks.getOrDefault(claim.uid(), VolumeMarks.none()))));
    return views;
  }

  private <T> Fact<T> fact(WorkloadPart part, T value) {
    return unreadable.contains(part) ? Fact.unknown(part + " is unreadable") : Fact.known(value);
  }

  /** Somebody changes something in the template that is not the flag. */
  void editTemplate(int number) {
    template = new Pod.Template(template.forceFlag(), number);
    generation++;
  }

  void changeTemplate(boolean forceFlag, Optional<String> mark) {
    template = new Pod.Template(forceFlag, template.number());
    armedFor = mark;
    generation++;
  }
}
