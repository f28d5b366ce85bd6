package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.Optional;

/**
 * The step that forces: {@code --force-new-cluster} and its mark first, then the restart of the
 * survivor. Both acts demand, at the very look that they are decided upon, that the fence is up,
 * the survivor answers (or did when it was armed first, and was restarted since), has its volume
 * and is of the template of now, the initial cluster is the survivor alone, the loss is certain,
 * and the copy of the survivor's data is there. Where any of it gives way, what is armed is
 * disarmed before anything else.
 */
final class Arming {

  private final RebuildScene scene;
  private final LostSurvivor lostSurvivor;
  private final Survivor survivor;

  Arming(RebuildScene scene, LostSurvivor lostSurvivor) {
    this.scene = scene;
    this.lostSurvivor = lostSurvivor;
    this.survivor = scene.survivor();
  }

  Decision arm() {
    if (scene.obstacle().isPresent()) {
      return scene.go(Step.FENCE, Reason.FENCING);
    }
    if (scene.survivorIsEmpty()) {
      return lostSurvivor.noneLeft();
    }
    if (!scene.stateIsRewritten()) {
      return scene.go(Step.REWRITE_STATE, Reason.REWRITING_STATE);
    }
    if (scene.assessment().verdict() != Verdict.LOST) {
      return scene.statefulSet().armed()
          ? scene.disarmInTime()
          : scene.hold(Reason.QUORUM_UNDETERMINED, "not arming: " + scene.assessment().why(), true);
    }
    if (scene.copy().isEmpty()) {
      return withoutCopy();
    }
    Optional<String> doomed = scene.doomed();
    if (doomed.isPresent()) {
      return scene.hold(Reason.SURVIVOR_VOLUME_DOOMED, doomed.get(), true);
    }
    return force();
  }

  /** The operator may have moved, and what it keeps copies on may not have moved with it. */
  private Decision withoutCopy() {
    if (scene.statefulSet().armed()) {
      return scene.disarmInTime();
    }
    return scene.seen().preservedCopy().isKnown()
        ? scene.go(Step.PRESERVE, Reason.PRESERVING)
        : scene.copyUnknown();
  }

  private Decision force() {
    boolean armedForThis =
        scene.statefulSet().forceFlag()
            && scene.statefulSet().armedFor().equals(Optional.of(scene.incident().id()));
    if (scene.pod().isEmpty()) {
      return armedForThis ? scene.restarting(Reason.ARMING) : scene.podMissing();
    }
    if (scene.statefulSet().armed() && !armedForThis) {
      return scene.act(
          new Action.Disarm(scene.statefulSet()),
          Reason.DISARMING,
          "removing --force-new-cluster, which was not put there for this incident");
    }
    if (!armedForThis && scene.pod().get().outdated()) {
      return scene.hold(Reason.TEMPLATE_CHANGED, Commitment.templateChanged(survivor.name()), true);
    }
    if (!mayBeRestarted()) {
      return armedForThis
          ? scene.disarmInTime()
          : scene.hold(
              Reason.SURVIVOR_NOT_HEALTHY,
              "not arming %s: %s".formatted(survivor.name(), scene.presence().account()),
              true);
    }
    return scene
        .say()
        .in(
            scene.record(),
            IncidentDraft.of(scene.incident()).armed(scene.seen().at()).build(),
            armedForThis
                ? new Action.RestartPod(survivor.name(), scene.pod().get().uid())
                : new Action.Arm(scene.statefulSet(), survivor.name(), scene.incident().id()),
            Reason.ARMING,
            "restarting %s with --force-new-cluster".formatted(survivor.name()));
  }

  /**
   * It answers; or it did when it was armed first, and was restarted since, so that it cannot be
   * asked again: nobody else may be chosen any more, and its data is copied.
   */
  private boolean mayBeRestarted() {
    SurvivorPresence presence = scene.presence();
    return presence.answers() || scene.incident().armedAt().isPresent() && presence.awaitsLeader();
  }
}
