package dev.requorum.core.sim;

import dev.requorum.ports.Announcement;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.Survivor;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at every act in the instant in which it is carried out, and at the world every second. */
final class Guard implements Members.Watchers {

  private final World world;
  private final FenceCheck fence;
  private final Map<Integer, Truth> looked = new HashMap<>();
  private final Map<String, String> rebuiltFrom = new HashMap<>();

  Guard(World world) {
    this.world = world;
    this.fence = new FenceCheck(world);
  }

  /** An operator begins to look. */
  void looks(int operator) {
    looked.put(operator, Truth.of(world, operator));
    fence.looks(operator);
  }

  private void wrong(String what) {
    world.ledger.disaster(what);
  }

  void everySecond() {
    List<Etcd> leaders = world.leaders();
    if (leaders.size() > 1) {
      wrong(
          "two clusters take writes: led by "
              + leaders.stream().map(one -> one.pod + " in " + one.store.epoch).toList());
    }
    leaders.forEach(world.ledger::mustHaveAll);
    if (!leaders.isEmpty()) {
      world.commitments.quorumIsThere();
    }
  }

  /** Neither now nor when it was decided may anything speak for a living majority. */
  private void mustBeLost(int operator, String what) {
    Truth now = Truth.of(world, operator);
    Truth then = looked.getOrDefault(operator, now);
    if (now.witnessesAllowIt() && then.witnessesAllowIt()) {
      wrong(what + " although etcd or Kubernetes spoke for a majority that may be alive");
    }
    if (now.majorityLives() && then.majorityLives() && now.silenceNoticed()) {
      wrong(what + " while a majority was alive");
    }
  }

  private Optional<Incident> rebuilding() {
    return world
        .records
        .newest()
        .incident()
        .filter(incident -> incident.phase() == Phase.REBUILDING);
  }

  private Optional<String> survivor() {
    return rebuilding().flatMap(Incident::survivor).map(Survivor::name);
  }

  /** Before the StatefulSet is set to another window. */
  void resizes(int operator, OrdinalWindow to) {
    if (!cutsOffAVoter(to)) {
      return;
    }
    world.coverage.count("cuts of the StatefulSet");
    boolean recorded =
        survivor()
            .map(name -> World.CLUSTER.ordinalOf(name).orElseThrow())
            .filter(ordinal -> ordinal == to.start())
            .isPresent();
    if (!recorded) {
      wrong("cut the StatefulSet to " + to + " although no record says so");
    }
    mustBeLost(operator, "cut the StatefulSet to " + to);
  }

  /** Whether a voter of the newest life is run now and is not then. */
  private boolean cutsOffAVoter(OrdinalWindow to) {
    List<Member> members =
        world.members.stores().stream()
            .filter(store -> store.epoch == world.ledger.newest() && store.base.isPresent())
            .max(Comparator.comparingInt(store -> store.commit))
            .map(store -> store.members)
            .orElse(List.of());
    return members.stream()
        .filter(member -> !member.learner())
        .flatMapToInt(member -> World.CLUSTER.ordinalOf(member.podName()).stream())
        .anyMatch(ordinal -> world.kube.window.contains(ordinal) && !to.contains(ordinal));
  }

  private void mustBeAlone(int operator, Optional<String> survivor, String what) {
    fence
        .besides(operator, survivor)
        .ifPresent(other -> wrong("%s although %s can run".formatted(what, other)));
  }

  /** Before the template is armed. */
  void arms(int operator, String survivor, String incident) {
    world.coverage.count("arms");
    if (rebuilding().filter(one -> one.id().equals(incident) && one.armedAt().isPresent()).isEmpty()
        || !survivor().equals(Optional.of(survivor))) {
      wrong("armed " + survivor + " although no record says so");
    }
    onlyOne(incident, survivor);
    mustHaveCopy(incident, survivor, "armed ");
    mustBeLost(operator, "armed " + survivor);
    mustBeAlone(operator, Optional.of(survivor), "armed " + survivor);
  }

  private void onlyOne(String incident, String survivor) {
    String other = rebuiltFrom.putIfAbsent(incident, survivor);
    if (other != null && !other.equals(survivor)) {
      wrong("%s and %s are both rebuilt from in one incident".formatted(other, survivor));
    }
  }

  private void mustHaveCopy(String incident, String survivor, String what) {
    if (!world.copies.containsKey(incident)) {
      wrong(what + survivor + " without a copy of its data");
    }
  }

  /** Before a restore is ordered. */
  void restores(int operator, String survivor) {
    world.coverage.count("restores");
    if (rebuilding().filter(one -> one.restore().isPresent()).isEmpty()
        || !survivor().equals(Optional.of(survivor))) {
      wrong("restored " + survivor + " although no record says so");
    }
    rebuilding().ifPresent(one -> onlyOne(one.id(), survivor));
    mustBeLost(operator, "restored " + survivor);
    mustBeAlone(operator, Optional.empty(), "restored " + survivor);
  }

  /** Before a pod is restarted. */
  void restarts(int operator, String pod) {
    boolean forces =
        world.kube.template.forceFlag()
            && world.kube.pod(pod).filter(p -> p.template.forceFlag()).isEmpty();
    if (forces) {
      mustBeLost(operator, "restarted " + pod + " with the flag");
      rebuilding().ifPresent(one -> mustHaveCopy(one.id(), pod, "restarted with the flag "));
      mustBeAlone(operator, Optional.of(pod), "restarted " + pod + " with the flag");
    }
  }

  @Override
  public void forces(Members.Start start, Store store) {
    world.coverage.count("members forced");
    Optional<String> incident = start.armedFor();
    if (incident.isEmpty()) {
      wrong(start.pod() + " was forced for no incident");
      return;
    }
    onlyOne(incident.get(), start.pod());
  }

  /** Before anybody is told who may start with an empty disk. */
  void tells(InitialCluster content) {
    long joiners =
        content.members().keySet().stream()
            .filter(name -> World.CLUSTER.ordinalOf(name).isPresent())
            .count();
    if (!content.isSealed() && joiners != 1) {
      wrong("this lets more than one member join, or none: " + content);
    }
  }

  /**
   * Nothing is announced of an incident that never was recorded, and once a loss is announced, it
   * is never announced in other words.
   */
  void announces(Announcement one) {
    if (!one.key().startsWith("member-") && !world.records.everHad(one.key())) {
      wrong("announced something of an incident that no record has: " + one.key());
    }
    Announcement before = world.announced.putIfAbsent(one.key(), one);
    boolean account = one.reason() == Reason.POSSIBLE_DATA_LOSS;
    if (account && before != null && !before.message().equals(one.message())) {
      wrong("the loss was announced twice, and not alike: " + one.key());
    }
  }
}
