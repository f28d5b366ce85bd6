package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.util.Optional;

/** The steps of a rebuild after {@code --force-new-cluster} took effect. */
final class AfterForce {

  private final RebuildScene scene;
  private final Survivor survivor;
  private final Duration lastKnownInterval;
  private final SurvivorHealth health;

  AfterForce(RebuildScene scene, Duration lastKnownInterval, SurvivorHealth health) {
    this.scene = scene;
    this.survivor = scene.survivor();
    this.lastKnownInterval = lastKnownInterval;
    this.health = health;
  }

  Decision verify() {
    if (scene.survivorIsEmpty()) {
      return scene.survivorLost();
    }
    Optional<String> complaint = health.complaint(scene.seen(), scene.assessment(), survivor);
    if (complaint.isPresent()) {
      return scene.statefulSet().armed() && mayStartCorrected()
          ? startCorrected(Reason.VERIFYING)
          : scene.holdBriefly(
              Reason.VERIFYING,
              "waiting for %s: %s%s".formatted(survivor.name(), complaint.get(), scene.copyLost()));
    }
    return scene
        .say()
        .enter(
            IncidentDraft.of(scene.incident()).withDataLoss(LossAccount.ofForce(scene)),
            Step.DISARM,
            Reason.DISARMING,
            "%s leads itself; removing --force-new-cluster%s"
                .formatted(survivor.name(), scene.copyLost()));
  }

  /** It does not run, and its template was changed since: then for a human's correction. */
  private boolean mayStartCorrected() {
    return scene.pod().filter(pod -> pod.outdated() && !pod.running()).isPresent()
        && scene.doomed().isEmpty();
  }

  private Decision startCorrected(Reason reason) {
    return scene.act(
        new Action.RestartPod(survivor.name(), scene.pod().orElseThrow().uid()),
        reason,
        "starting %s, which does not run, with the template of now".formatted(survivor.name()));
  }

  Decision disarm() {
    if (scene.statefulSet().armed()) {
      return scene.act(
          new Action.Disarm(scene.statefulSet()),
          Reason.DISARMING,
          "removing --force-new-cluster" + scene.copyLost());
    }
    if (scene.survivorIsEmpty()) {
      return scene.survivorLost();
    }
    if (scene.pod().isEmpty()) {
      return scene.restarting(Reason.DISARMING);
    }
    Optional<String> doomed = scene.doomed();
    if (scene.runsWithFlag() && doomed.isPresent()) {
      return scene.hold(Reason.SURVIVOR_VOLUME_DOOMED, doomed.get(), true);
    }
    return scene.pod().get().forceFlag()
        ? scene.act(
            new Action.RestartPod(survivor.name(), scene.pod().get().uid()),
            Reason.DISARMING,
            "restarting %s without --force-new-cluster%s"
                .formatted(survivor.name(), scene.copyLost()))
        : scene.go(Step.VERIFY_AGAIN, Reason.VERIFYING_AGAIN);
  }

  Decision verifyAgain() {
    if (scene.survivorIsEmpty()) {
      return scene.survivorLost();
    }
    if (scene.statefulSet().armed() || scene.runsWithFlag()) {
      return scene.go(Step.DISARM, Reason.DISARMING);
    }
    Optional<String> complaint = health.complaint(scene.seen(), scene.assessment(), survivor);
    if (complaint.isPresent()) {
      return mayStartCorrected()
          ? startCorrected(Reason.VERIFYING_AGAIN)
          : scene.holdBriefly(
              Reason.VERIFYING_AGAIN,
              "waiting for %s: %s%s".formatted(survivor.name(), complaint.get(), scene.copyLost()));
    }
    Optional<Member> leftOver =
        scene.assessment().members().stream()
            .flatMap(members -> members.stream())
            .filter(member -> !member.id().equals(survivor.id()))
            .findFirst();
    return leftOver
        .map(
            member ->
                scene.act(
                    new Action.Remove(member.id()),
                    Reason.REMOVING_MEMBER,
                    "removing former member %s (%s)".formatted(member.podName(), member.id())))
        .orElseGet(this::scaleOut);
  }

  private Decision scaleOut() {
    Incident next =
        IncidentDraft.of(scene.incident())
            .entering(Phase.SCALING_OUT, scene.seen().at())
            .saying(
                Reason.RECOVERY_SCALING_OUT,
                "%s serves again; adding members".formatted(survivor.name()))
            .build();
    LastKnown known =
        LastKnownUpdate.after(
            scene.seen(), scene.assessment(), scene.record().lastKnown(), lastKnownInterval);
    return scene
        .say()
        .told(
            scene.record().withLastKnown(known).withIncident(Optional.of(next)), Decisions.AT_ONCE);
  }
}
