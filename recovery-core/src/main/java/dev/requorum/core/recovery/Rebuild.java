package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.util.Optional;

/**
 * The steps of {@link Phase#REBUILDING}, at a look at which the StatefulSet was there. Every act's
 * precondition is looked at again here, and a step whose ground gave way goes back to the one that
 * lays it.
 */
final class Rebuild {

  private final RebuildScene scene;
  private final Survivor survivor;
  private final LostSurvivor lostSurvivor;
  private final AfterForce afterForce;
  private final Restoring restoring;
  private final AfterRestore afterRestore;
  private final boolean restores;

  /**
   * @param health when the survivor is good enough (S17)
   */
  Rebuild(RebuildScene scene, RecoveryPolicy policy, SurvivorHealth health) {
    this.scene = scene;
    this.survivor = scene.survivor();
    this.lostSurvivor = new LostSurvivor(scene, policy.downGracePeriod());
    this.afterForce = new AfterForce(scene, policy.lastKnownInterval(), health);
    this.restoring = new Restoring(scene, lostSurvivor);
    this.afterRestore = new AfterRestore(scene, health);
    this.restores = scene.incident().strategy() == Strategy.RESTORE;
  }

  Decision step() {
    Step step = scene.incident().step().orElseThrow();
    if (step.compareTo(Step.VERIFY) < 0) {
      if (!restores && scene.isForced()) {
        return scene.go(Step.VERIFY, Reason.VERIFYING);
      }
      if (scene.quorumCameBack()) {
        return callOff();
      }
      Optional<Decision> givenUp = lostSurvivor.giveUp();
      if (givenUp.isPresent()) {
        return givenUp.get();
      }
    }
    return switch (step) {
      case RELEASE -> new Release(scene).next();
      case FENCE -> fence();
      case PRESERVE -> preserve();
      case REWRITE_STATE -> rewriteState();
      case ARM -> new Arming(scene, lostSurvivor).arm();
      case STOP -> new Stopping(scene, lostSurvivor).next();
      case RESTORE -> restoring.restore();
      case ADOPT -> restoring.adopt();
      case VERIFY -> restores ? afterRestore.verify() : afterForce.verify();
      case DISARM -> afterForce.disarm();
      case VERIFY_AGAIN -> afterForce.verifyAgain();
    };
  }

  private Decision callOff() {
    if (scene.statefulSet().armed()) {
      return scene.disarmInTime();
    }
    Optional<RestoreView> restore = scene.restorePod();
    if (restore.isPresent()) {
      return scene.act(
          new Action.DiscardRestore(restore.get().uid()),
          Reason.RESTORING,
          "deleting pod %s: a quorum came back".formatted(restore.get().pod()));
    }
    return scene
        .say()
        .forget(
            scene.incident(),
            scene.stateIsRewritten() || scene.stateIsAdopted()
                ? scene.write(scene.sealed())
                : Action.none(),
            "the rebuild was called off: a quorum came back before anything was forced");
  }

  private Decision fence() {
    OrdinalWindow alone = OrdinalWindow.only(survivor.ordinal());
    boolean uncut = !scene.statefulSet().window().equals(alone);
    if (restores && scene.statefulSet().window().replicas() == 0) {
      return scene.go(Step.STOP, Reason.STOPPING);
    }
    if (uncut && scene.assessment().verdict() != Verdict.LOST) {
      return scene.hold(
          Reason.QUORUM_UNDETERMINED, "cutting nobody off: " + scene.assessment().why(), true);
    }
    if (uncut) {
      return scene.act(
          new Action.Resize(scene.statefulSet(), alone),
          Reason.FENCING,
          "cutting the StatefulSet to %s alone".formatted(survivor.name()));
    }
    if (scene.statefulSet().armed()) {
      return scene.disarmInTime();
    }
    Optional<String> obstacle = scene.obstacle();
    return obstacle
        .map(
            what ->
                scene.hold(
                    Reason.FENCING, "waiting until only the survivor can run: " + what, false))
        .orElseGet(this::fenced);
  }

  private Decision fenced() {
    if (restores) {
      return scene.go(Step.STOP, Reason.STOPPING);
    }
    return scene.pod().isPresent()
        ? scene.go(Step.PRESERVE, Reason.PRESERVING)
        : scene.podMissing();
  }

  private Decision preserve() {
    if (scene.obstacle().isPresent()) {
      return scene.go(Step.FENCE, Reason.FENCING);
    }
    if (!scene.seen().preservedCopy().isKnown()) {
      return scene.copyUnknown();
    }
    return scene
        .seen()
        .preservedCopy()
        .value()
        .orElseThrow()
        .map(
            copy ->
                scene
                    .say()
                    .enter(
                        IncidentDraft.of(scene.incident()).withCopy(copy),
                        Step.REWRITE_STATE,
                        Reason.REWRITING_STATE,
                        "a copy of %s (%d bytes) is at %s"
                            .formatted(survivor.name(), copy.bytes(), copy.location())))
        .orElseGet(this::makeCopy);
  }

  private Decision makeCopy() {
    if (!scene.presence().answers()) {
      if (scene.survivorIsLost()) {
        return lostSurvivor.noneLeft();
      }
      return scene.hold(
          Reason.SURVIVOR_NOT_HEALTHY,
          "the data of %s cannot be copied: %s"
              .formatted(survivor.name(), scene.presence().account()),
          true);
    }
    return scene.act(
        new Action.Preserve(
            scene.incident().id(), scene.seen().etcd().answers().get(survivor.name()).endpoint()),
        Reason.PRESERVING,
        "copying the data of %s".formatted(survivor.name()));
  }

  private Decision rewriteState() {
    if (scene.obstacle().isPresent()) {
      return scene.go(Step.FENCE, Reason.FENCING);
    }
    if (scene.survivorIsEmpty()) {
      return lostSurvivor.noneLeft();
    }
    Optional<String> unreadable = scene.seen().workload().initialCluster().why();
    if (unreadable.isPresent()) {
      return scene.hold(
          Reason.EVIDENCE_INCOMPLETE,
          "the initial cluster cannot be read: " + unreadable.get(),
          true);
    }
    Optional<String> doomed = scene.doomed();
    if (doomed.isPresent() && !scene.stateIsRewritten()) {
      return scene.hold(Reason.SURVIVOR_VOLUME_DOOMED, doomed.get(), true);
    }
    return scene.stateIsRewritten()
        ? scene.go(Step.ARM, Reason.ARMING)
        : scene.act(
            scene.write(scene.alone()),
            Reason.REWRITING_STATE,
            "rewriting the initial cluster to %s alone".formatted(survivor.name()));
  }
}
