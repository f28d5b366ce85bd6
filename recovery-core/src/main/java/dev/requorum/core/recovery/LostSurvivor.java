package dev.requorum.core.recovery;

import dev.requorum.core.Decision;
import dev.requorum.core.quorum.Absence;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What becomes of a rebuild whose ground gives way between the commit and the force: the survivor
 * is lost, or cannot be copied any more, or another member may be alive behind a node that fell
 * silent.
 *
 * <p>Another survivor may be chosen only where it is proven that this one was never forced, and the
 * proof is the record: {@code armedAt} is stored before the flag is set for the first time, so as
 * long as it is empty no process has set the flag for this incident, and none can any more once the
 * step {@link Step#RELEASE} is stored in its place. What Kubernetes shows proves less: a pod may
 * have been forced and be gone again.
 */
final class LostSurvivor {

  private final RebuildScene scene;
  private final Survivor survivor;
  private final Duration patience;

  /**
   * @param patience for how long a survivor that still has its volume is waited for where it is
   *     down, or somebody else answers in its place
   */
  LostSurvivor(RebuildScene scene, Duration patience) {
    this.scene = scene;
    this.survivor = scene.survivor();
    this.patience = patience;
  }

  /**
   * Lets go of the survivor; empty where the ground is firm, where the survivor may have been
   * forced already, or where it is lost and nobody could take its place. One that is to be forced
   * and was restarted in between is let go in any case, since it may be chosen again.
   */
  Optional<Decision> giveUp() {
    boolean released = scene.incident().step().equals(Optional.of(Step.RELEASE));
    boolean mayBeForced = scene.incident().armedAt().isPresent() || scene.statefulSet().armed();
    if (released || mayBeForced) {
      return Optional.empty();
    }
    if ((scene.survivorIsLost() || isAwayForLong()) && others().findAny().isPresent()) {
      return Optional.of(
          scene.go(
              Step.RELEASE,
              Reason.SURVIVOR_LOST,
              "%s was lost before anything was forced; choosing another survivor"
                  .formatted(survivor.name())));
    }
    return cannotBeCopied().or(this::mayLiveElsewhere);
  }

  /**
   * It serves nobody before it has seen a leader, and the fence keeps it from seeing one; but it
   * can be restored from, or a quorum come back, once all voters are run again.
   */
  private Optional<Decision> cannotBeCopied() {
    boolean forced = scene.incident().strategy() == Strategy.FORCE_NEW_CLUSTER;
    return forced && scene.presence().awaitsLeader()
        ? Optional.of(
            scene.go(Step.RELEASE, Reason.SURVIVOR_NOT_HEALTHY, Release.restarted(survivor)))
        : Optional.empty();
  }

  /**
   * A member that may be alive, and may have taken writes, is no part of what was decided upon:
   * when its node reports again, all of it has to be looked at anew.
   */
  private Optional<Decision> mayLiveElsewhere() {
    return Fence.silentNode(
            scene.seen().workload(), Optional.of(survivor.id()), scene.record().lastKnown())
        .map(
            what ->
                scene.go(
                    Step.RELEASE,
                    Reason.MEMBER_UNREACHABLE,
                    "nothing was forced, and " + what + ": the loss has to be observed anew"));
  }

  private boolean isAwayForLong() {
    SurvivorPresence presence = scene.presence();
    boolean away = !isStopped() && (isDown(presence) || presence.replaced());
    Duration inThisStep = Duration.between(scene.incident().stepSince(), scene.seen().at());
    return away && inThisStep.compareTo(patience) > 0;
  }

  /** A survivor that is to be stopped, and crashed before, is as good as stopped. */
  private boolean isDown(SurvivorPresence presence) {
    return scene.incident().step().equals(Optional.of(Step.STOP))
        ? presence.is(Missing.GONE)
        : presence.isDown();
  }

  /** It does not run because it is not to run. */
  private boolean isStopped() {
    Step step = scene.incident().step().orElseThrow();
    boolean wasStopped = step == Step.STOP && scene.statefulSet().window().replicas() == 0;
    return wasStopped || step == Step.RESTORE || step == Step.ADOPT;
  }

  /** The voters that may have the cluster's data besides: their volume is there and stays. */
  private Stream<KnownMember> others() {
    return scene.record().lastKnown().voters().stream()
        .filter(member -> !member.id().equals(survivor.id()))
        .filter(
            member ->
                !Absence.volumeLost(member.name(), Optional.of(member), scene.seen().workload()))
        .filter(
            member ->
                scene
                    .seen()
                    .workload()
                    .volume(member.name())
                    .filter(volume -> !volume.terminating())
                    .map(VolumeView::uid)
                    .isPresent());
  }

  /** The survivor is lost, or may be, and nobody can take its place. */
  Decision noneLeft() {
    if (!scene.seen().workload().volumes().isKnown()) {
      return scene.survivorLost();
    }
    String why =
        scene.incident().armedAt().isPresent()
            ? "it may have been forced already, so that no other survivor is chosen"
            : "no other voter has its volume";
    String copy =
        scene
            .copy()
            .or(() -> scene.incident().copy())
            .map(PreservedCopy::location)
            .orElse("no place");
    return scene.hold(
        Reason.NO_SURVIVOR,
        "the volume of %s, the survivor, was lost, and %s; the copy of its data is at %s"
            .formatted(survivor.name(), why, copy),
        true);
  }
}
