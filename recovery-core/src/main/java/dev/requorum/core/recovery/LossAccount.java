package dev.requorum.core.recovery;

import dev.requorum.core.Observation;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Survivor;
import java.util.Comparator;
import java.util.Optional;

/** Says what a rebuild kept and what it may have lost (S20). */
final class LossAccount {

  private LossAccount() {}

  /**
   * The account at the moment when the survivor leads itself.
   *
   * <p>What clients wrote between then and now is no part of what was retained, so the survivor's
   * figures at the commit are the upper bound.
   */
  static DataLoss of(Observation seen, Survivor survivor, LastKnown known) {
    Optional<MemberStatus> now = seen.etcd().status(survivor.name());
    long revision =
        Math.min(survivor.revision(), now.map(MemberStatus::revision).orElse(Long.MAX_VALUE));
    return new DataLoss(
        survivor.id(),
        revision,
        survivor.raftIndex(),
        seen.at(),
        message(survivor, revision, known));
  }

  /** The account at the moment when the survivor leads itself as a new cluster. */
  static DataLoss ofRestore(RebuildScene scene, MemberStatus now) {
    Survivor survivor = scene.survivor();
    long revision = Math.min(survivor.revision(), now.revision() - scene.revisionBump());
    return new DataLoss(
        survivor.id(),
        revision,
        survivor.raftIndex(),
        scene.seen().at(),
        message(survivor, revision, scene.record().lastKnown()));
  }

  private static String message(Survivor survivor, long revision, LastKnown known) {
    String kept =
        "The cluster was rebuilt from %s (%s), which had revision %d. "
            .formatted(survivor.name(), survivor.id(), revision);
    Optional<KnownMember> freshest =
        known.members().stream()
            .filter(member -> member.revision() > revision)
            .max(Comparator.comparingLong(KnownMember::revision));
    return kept
        + freshest
            .map(
                member ->
                    "Before the loss %s was seen at revision %d: at least %d revisions are lost, and"
                            .formatted(
                                member.name(), member.revision(), member.revision() - revision)
                        + " perhaps later ones.")
            .orElse(
                "No member was seen at a later revision before the loss; writes acknowledged after"
                    + " the last look may be lost all the same.");
  }
}
