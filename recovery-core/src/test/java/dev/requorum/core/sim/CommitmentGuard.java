package dev.requorum.core.sim;

import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.util.Optional;

/** Looks at every commitment to a rebuild: whether it waited long enough, and for the freshest. */
final class CommitmentGuard {

  private final World world;
  private long quorumLastSeen;

  CommitmentGuard(World world) {
    this.world = world;
  }

  /** A leader that a majority follows is there in this second. */
  void quorumIsThere() {
    quorumLastSeen = world.kube.second;
  }

  void committed(Incident incident) {
    Survivor survivor = incident.survivor().orElseThrow();
    mustHaveWaited(survivor);
    for (Etcd one : world.members.running()) {
      boolean better =
          one.store.epoch == world.ledger.newest()
              && one.store.votes(one.store.id)
              && !one.store.corrupt
              && one.serves
              && !one.hangs
              && world.hasItsClaim(one)
              && answersAll(one)
              && one.store.term >= survivor.raftTerm()
              && one.store.revision > survivor.revision();
      if (better) {
        world.ledger.disaster(
            "chose %s at revision %d although %s answers with %d"
                .formatted(survivor.name(), survivor.revision(), one.pod, one.store.revision));
      }
    }
  }

  /**
   * Each jump of a clock may add what two looks in a row add at most; where the operators' clocks
   * differ, so may each change between them, and only the shorter window is sure to have passed.
   */
  private void mustHaveWaited(Survivor survivor) {
    long lostFor = world.kube.second - quorumLastSeen;
    boolean clocksAgree = world.coverage.of("event CLOCK") == 0;
    Optional<String> down = merelyDown(survivor).filter(pod -> clocksAgree);
    Duration window = down.isEmpty() ? Setup.POLICY.gracePeriod() : Setup.POLICY.downGracePeriod();
    long jumped = world.coverage.of("event CLOCK") * Setup.POLICY.longestCredit().toSeconds();
    if (lostFor < window.toSeconds() - jumped - 1) {
      world.ledger.disaster(
          "committed to a rebuild after %d seconds without a quorum%s"
              .formatted(
                  lostFor, down.map(pod -> ", while %s may come back".formatted(pod)).orElse("")));
    }
  }

  /** A voter that answers nobody, has its volume, and whose node was not deleted. */
  private Optional<String> merelyDown(Survivor survivor) {
    return world.members.stores().stream()
        .filter(store -> store.id.equals(survivor.id()) && world.isReachableData(store))
        .filter(store -> store.epoch == world.ledger.newest())
        .flatMap(store -> store.members.stream())
        .filter(member -> !member.learner() && !member.id().equals(survivor.id()))
        .filter(member -> hasItsVolume(member) && hasItsNode(member) && !answers(member))
        .map(Member::podName)
        .findFirst();
  }

  private boolean hasItsVolume(Member member) {
    return Optional.ofNullable(world.kube.claims.get(member.podName()))
        .flatMap(claim -> world.members.store(claim.uid(), world.directory()))
        .filter(store -> store.id.equals(member.id()))
        .isPresent();
  }

  private boolean hasItsNode(Member member) {
    return World.CLUSTER.ordinalOf(member.podName()).stream()
        .anyMatch(ordinal -> world.kube.machines.get(ordinal).exists);
  }

  private boolean answers(Member member) {
    return world.members.running().stream()
        .anyMatch(one -> one.store.id.equals(member.id()) && one.serves && !one.hangs);
  }

  private boolean answersAll(Etcd one) {
    return world.net.talk(Net.OPERATOR_A, one.machine)
        && world.net.talk(Net.OPERATOR_B, one.machine);
  }
}
