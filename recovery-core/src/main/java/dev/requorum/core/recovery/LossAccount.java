package dev.requorum.core.recovery;

import dev.requorum.core.quorum.QuorumRule;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.LastSeen;
import dev.requorum.ports.record.LossBounds;
import dev.requorum.ports.record.MissingVoter;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Survivor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Says what a rebuild kept and what it lost (S20), at the moment when the survivor leads itself.
 *
 * <p>What clients wrote between then and now is no part of what was retained, so the survivor's
 * figures at the commit are the upper bound of that. Where it could not be asked then, those are
 * the lower bound; the upper one is what it has now, of which so much may be new as a raft log that
 * began with the restore can hold.
 */
final class LossAccount {

  /**
   * What was kept, as a revision counted as before the rebuild.
   *
   * @param proven all up to that is there
   * @param atMost nothing later is; the same where the survivor could be asked
   */
  record Retained(long proven, long atMost) {

    static Retained exactly(long revision) {
      return new Retained(revision, revision);
    }
  }

  private LossAccount() {}

  /** The account of a rebuild in place. */
  static DataLoss ofForce(RebuildScene scene) {
    Optional<MemberStatus> now = scene.seen().etcd().status(scene.survivor().name());
    long revision = now.map(MemberStatus::revision).orElse(Long.MAX_VALUE);
    Optional<String> copy = scene.incident().copy().map(PreservedCopy::location);
    Retained retained = Retained.exactly(Math.min(scene.survivor().revision(), revision));
    return account(scene, retained, now.map(MemberStatus::clusterId), copy);
  }

  /**
   * The account of a restore.
   *
   * @param now what the survivor says of itself as a new cluster
   */
  static DataLoss ofRestore(RebuildScene scene, MemberStatus now) {
    return account(
        scene, restored(scene, now), Optional.of(now.clusterId()), Optional.of(original(scene)));
  }

  private static Retained restored(RebuildScene scene, MemberStatus now) {
    Survivor survivor = scene.survivor();
    long has = Math.max(1, now.revision() - scene.revisionBump());
    return switch (survivor.basis()) {
      case ANSWERED -> Retained.exactly(Math.min(survivor.revision(), has));
      case LAST_SEEN -> {
        long notWrittenSince = Math.max(survivor.revision(), has - now.raftIndex());
        yield new Retained(Math.min(has, notWrittenSince), has);
      }
    };
  }

  private static DataLoss account(
      RebuildScene scene,
      Retained retained,
      Optional<ClusterId> clusterAfter,
      Optional<String> original) {
    Survivor survivor = scene.survivor();
    LastKnown known = scene.record().lastKnown();
    LossBounds lost = bounds(scene, retained);
    return new DataLoss(
        survivor.id(),
        retained.proven(),
        survivor.raftIndex(),
        scene.seen().at(),
        lost,
        lastSeen(known),
        known.clusterId(),
        clusterAfter,
        scene.revisionBump(),
        original,
        new LossMessage(scene, retained, lost, original).inWords());
  }

  private static String original(RebuildScene scene) {
    String directory =
        scene
            .record()
            .lastKnown()
            .directory()
            .map(name -> "directory " + name)
            .orElse("the top directory");
    String claim =
        scene
            .seen()
            .workload()
            .volume(scene.survivor().name())
            .map(VolumeView::claim)
            .orElse("etcd-data-" + scene.survivor().name());
    return "%s of claim %s, until acknowledged".formatted(directory, claim);
  }

  private static List<LastSeen> lastSeen(LastKnown known) {
    return known.voters().stream()
        .map(member -> new LastSeen(member.id(), member.name(), member.revision(), member.seenAt()))
        .sorted(Comparator.comparing(LastSeen::name).thenComparing(LastSeen::id))
        .toList();
  }

  private static LossBounds bounds(RebuildScene scene, Retained retained) {
    Survivor survivor = scene.survivor();
    List<PassedOver> passedOver =
        scene.incident().plan().map(RecoveryPlan::passedOver).orElseGet(List::of);
    long lessThanItHad = Math.max(0, survivor.revision() - retained.atMost());
    long atLeast =
        Math.max(lessThanItHad, atLeast(scene.record().lastKnown(), passedOver, retained.atMost()));
    boolean proven = nothingWithoutSurvivor(scene) && atLeast == lessThanItHad;
    return new LossBounds(atLeast, proven ? OptionalLong.of(atLeast) : OptionalLong.empty());
  }

  /** How many revisions later than this one a member was seen: so many are lost for certain. */
  static long atLeast(LastKnown known, List<PassedOver> passedOver, long retained) {
    LongStream seen = known.members().stream().mapToLong(KnownMember::revision);
    LongStream waitedFor = passedOver.stream().mapToLong(PassedOver::revision);
    long latest = LongStream.concat(seen, waitedFor).max().orElse(retained);
    return Math.max(0, latest - retained);
  }

  /**
   * True where no write can have been acknowledged that the survivor had not applied: the other
   * voters are no majority, so that nobody could lead without its vote, and it led when a quorum
   * was last seen and has voted for nobody since, for it still is in that raft term. That it has to
   * say itself.
   */
  private static boolean nothingWithoutSurvivor(RebuildScene scene) {
    Survivor survivor = scene.survivor();
    LastKnown known = scene.record().lastKnown();
    Set<MemberId> voters = known.voters().stream().map(KnownMember::id).collect(Collectors.toSet());
    boolean sameVoters =
        voters.contains(survivor.id())
            && scene.incident().evidence().missing().stream()
                .map(MissingVoter::id)
                .allMatch(voters::contains);
    boolean othersCannotLead = voters.size() - 1 < QuorumRule.majority(voters.size());
    boolean ledToTheEnd =
        known
            .leadership()
            .filter(last -> last.leader().equals(survivor.id()))
            .filter(last -> last.raftTerm() == survivor.raftTerm())
            .isPresent();
    return survivor.answered() && sameVoters && othersCannotLead && ledToTheEnd;
  }
}
