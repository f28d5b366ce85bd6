package dev.requorum.core.sim;

import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.record.Incident;
import java.util.List;
import java.util.Optional;

/** Looks at every change of the membership, and at every claim that is deleted for one. */
final class GrowthGuard {

  private final World world;

  GrowthGuard(World world) {
    this.world = world;
  }

  private void wrong(String what) {
    world.ledger.disaster(what);
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
    if (world.records.newest().volumesToKeep().contains(claimUid)
        || holdsUnacknowledged(claimUid)) {
      wrong("discarded the volume of " + member + ", which was to be kept");
    }
  }

  /** Whether a directory on it is from before an incident that nobody has acknowledged. */
  private boolean holdsUnacknowledged(String claimUid) {
    List<String> kept =
        world.kube.marks.getOrDefault(claimUid, VolumeMarks.none()).kept().stream()
            .map(VolumeMarks.KeptDirectory::incident)
            .toList();
    return world
        .records
        .newest()
        .incidents()
        .filter(Incident::unacknowledged)
        .map(Incident::id)
        .anyMatch(kept::contains);
  }
}
