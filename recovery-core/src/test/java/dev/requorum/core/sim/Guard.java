package dev.requorum.core.sim;

import dev.requorum.ports.Announcement;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Survivor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at every act in the instant in which it is carried out, and at the world every second. */
final class Guard implements Members.Watchers {

  private final World world;
  private final Map<Integer, Truth> looked = new HashMap<>();
  private final Map<String, String> rebuiltFrom = new HashMap<>();
  private long quorumLastSeen;

  Guard(World world) {
    this.world = world;
  }

  /** An operator begins to look. */
  void looks(int operator) {
    looked.put(operator, Truth.of(world, operator));
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
      quorumLastSeen = world.kube.second;
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
    RecoveryRecord record = world.records.newest();
    boolean cuts =
        record.ongoing().isPresent()
            && to.replicas() <= 1
            && world.kube.window.replicas() > to.replicas()
            && world.size > 1;
    if (!cuts) {
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
  }

  /** Before a pod is restarted. */
  void restarts(int operator, String pod) {
    boolean forces =
        world.kube.template.forceFlag()
            && world.kube.pod(pod).filter(p -> p.template.forceFlag()).isEmpty();
    if (forces) {
      mustBeLost(operator, "restarted " + pod + " with the flag");
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
    mustHaveCopy(incident.get(), start.pod(), "forced ");
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

  /** Once something is announced, it is never announced in other words. */
  void announces(Announcement one) {
    Announcement before = world.announced.putIfAbsent(one.key(), one);
    boolean account = one.reason() == Reason.POSSIBLE_DATA_LOSS;
    if (account && before != null && !before.message().equals(one.message())) {
      wrong("the loss was announced twice, and not alike: " + one.key());
    }
  }

  /** Before a learner is promoted. */
  void promotes(MemberId learner) {
    world.coverage.count("promotions asked for");
    long leaders = world.leaders().stream().mapToLong(one -> one.store.revision).max().orElse(0);
    long learners =
        world.members.running().stream()
            .filter(one -> one.store.id.equals(learner))
            .mapToLong(one -> one.store.revision)
            .max()
            .orElse(0);
    if (learners + 2 < 0.9 * leaders) {
      wrong("promoted %s at revision %d of %d".formatted(learner, learners, leaders));
    }
  }

  /** Before a member is removed. */
  void removes(MemberId id) {
    world.coverage.count("removals");
    for (Etcd leader : world.leaders()) {
      leader
          .store
          .listed(id)
          .filter(member -> isWanted(member) && hasItsData(member, leader.store))
          .ifPresent(member -> wrong("removed " + member.podName() + ", which has its volume"));
    }
  }

  private boolean isWanted(Member member) {
    int ordinal = World.CLUSTER.ordinalOf(member.podName()).orElse(-1);
    return ordinal >= 0 && ordinal < world.size && !member.learner();
  }

  /** Whether a claim that is there holds this member's data. */
  private boolean hasItsData(Member member, Store led) {
    return Optional.ofNullable(world.kube.claims.get(member.podName()))
        .flatMap(claim -> world.members.store(claim.uid(), world.directory()))
        .filter(store -> store.id.equals(member.id()) && store.cluster.equals(led.cluster))
        .isPresent();
  }

  /** Before a claim is deleted. */
  void discards(String member, String claimUid) {
    world.coverage.count("volumes discarded");
    List<Etcd> leaders = world.leaders();
    boolean inUse =
        leaders.stream()
            .flatMap(leader -> leader.store.members.stream())
            .anyMatch(
                one ->
                    one.podName().equals(member)
                        && world
                            .members
                            .store(claimUid, world.directory())
                            .filter(store -> store.id.equals(one.id()))
                            .isPresent());
    if (inUse) {
      wrong("discarded the volume of " + member + ", which is a member");
    }
    if (leaders.isEmpty()) {
      wrong("discarded the volume of " + member + " while nobody leads");
    }
    if (world.records.newest().volumesToKeep().contains(claimUid)) {
      wrong("discarded the volume of " + member + ", which was to be kept");
    }
  }

  /** A rebuild was committed to. */
  void committed(Incident incident) {
    long lostFor = world.kube.second - quorumLastSeen;
    long least = Setup.POLICY.gracePeriod().toSeconds() - world.coverage.of("clock jumps") * 5 - 1;
    if (lostFor < least) {
      wrong("committed to a rebuild after %d seconds without a quorum".formatted(lostFor));
    }
    Survivor survivor = incident.survivor().orElseThrow();
    for (Etcd one : world.members.running()) {
      boolean better =
          one.store.epoch == world.ledger.newest()
              && one.store.votes(one.store.id)
              && !one.store.corrupt
              && one.serves
              && !one.hangs
              && world.hasItsClaim(one)
              && answersAll(one)
              && one.store.term == survivor.raftTerm()
              && one.store.revision > survivor.revision();
      if (better) {
        wrong(
            "chose %s at revision %d although %s answers with %d"
                .formatted(survivor.name(), survivor.revision(), one.pod, one.store.revision));
      }
    }
  }

  private boolean answersAll(Etcd one) {
    return world.net.talk(Net.OPERATOR_A, one.machine)
        && world.net.talk(Net.OPERATOR_B, one.machine);
  }
}
