package dev.requorum.core.growth;

import static dev.requorum.core.growth.GrowthStep.act;
import static dev.requorum.core.growth.GrowthStep.hold;

import dev.requorum.core.Action;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.VolumeMark;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeView;
import java.util.List;
import java.util.Optional;

/**
 * The claim at an ordinal at which no member runs. A former member's data under a new member's feet
 * would make it start as the former one: either the new member's directory is known to be empty on
 * it, or the claim is deleted.
 */
final class FormerVolume {

  private final Scene scene;
  private final String name;

  FormerVolume(Scene scene, int ordinal) {
    this.scene = scene;
    this.name = scene.cluster.memberName(ordinal);
  }

  /** What is to be done before a member is added here; empty where nothing is in its way. */
  Optional<GrowthStep> clear() {
    return inTheWay().or(() -> volume().filter(volume -> !isUnused(volume)).map(this::discard));
  }

  /**
   * What is to be done before this learner, which was never seen, is started here. It may have been
   * started before and cut off by a rebuild that was called off: then the claim is its own, and
   * without it the learner could not go on under its id. So a claim that may be anybody's is not
   * taken from under a learner; the learner is removed, to be added anew.
   */
  Optional<GrowthStep> prepareFor(MemberId learner) {
    return inTheWay()
        .or(() -> volume().filter(volume -> !isOf(learner, volume)).map(v -> give(v, learner)));
  }

  private GrowthStep give(VolumeView volume, MemberId learner) {
    if (!isUnused(volume)) {
      return act(
          new Action.Remove(learner),
          Reason.MEMBER_REPLACED,
          "removing learner %s (%s), which was never seen to answer and whose claim %s is not new, to add it anew"
              .formatted(name, learner, volume.claim()));
    }
    VolumeMarks marks =
        new VolumeMarks(volume.marks().directory(), Optional.of(learner), volume.marks().kept());
    return act(
        new Action.MarkVolumes(List.of(new VolumeMark(name, volume.uid(), marks))),
        Reason.STARTING_LEARNER,
        "giving claim %s to learner %s, in the directory in use"
            .formatted(volume.claim(), learner));
  }

  private Optional<GrowthStep> inTheWay() {
    if (!scene.seen.workload().volumes().isKnown()) {
      return Optional.of(hold(Reason.EVIDENCE_INCOMPLETE, "the volumes cannot be read"));
    }
    if (scene.seen.workload().pod(name).isPresent()) {
      return Optional.of(
          hold(Reason.DISCARDING_VOLUME, "waiting for the former pod %s to go".formatted(name)));
    }
    return volume()
        .filter(VolumeView::terminating)
        .map(
            volume ->
                hold(
                    Reason.DISCARDING_VOLUME,
                    "waiting for claim %s to be deleted".formatted(volume.claim())));
  }

  private Optional<VolumeView> volume() {
    return scene.seen.workload().volume(name);
  }

  /** True where nobody was ever started in the directory that the members use now. */
  private boolean isUnused(VolumeView volume) {
    return isOfThisDirectory(volume) && volume.marks().member().isEmpty();
  }

  private boolean isOf(MemberId learner, VolumeView volume) {
    return isOfThisDirectory(volume) && volume.marks().member().equals(Optional.of(learner));
  }

  /** Only a restore writes marks that name a directory without a member. */
  private boolean isOfThisDirectory(VolumeView volume) {
    return scene.known.directory().isPresent()
        && volume.marks().directory().equals(scene.known.directory())
        && !volume.marks().kept().isEmpty();
  }

  private GrowthStep discard(VolumeView volume) {
    Optional<String> kept =
        scene.evidence.openIncident(volume).map("as it was before incident "::concat);
    if (kept.isPresent() || scene.evidence.volumes().contains(volume.uid())) {
      return hold(
          Reason.VOLUME_KEPT,
          ("%s cannot be added: claim %s holds a former member's data %s, which nobody has"
                  + " acknowledged to be lost. Acknowledge the data loss, or copy the data and"
                  + " delete the claim")
              .formatted(name, volume.claim(), kept.orElse("that the cluster lacks")));
    }
    return act(
        new Action.DiscardVolume(name, volume.uid()),
        Reason.DISCARDING_VOLUME,
        "deleting claim %s, which holds a former member's data".formatted(volume.claim()));
  }
}
