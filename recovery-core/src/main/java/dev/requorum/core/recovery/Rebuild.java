package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Absence;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of {@link Phase#REBUILDING}, at a look at which the StatefulSet was there. Every act's
 * precondition is looked at again here, and a step whose ground gave way goes back to the one that
 * lays it.
 */
final class Rebuild {

  private final Observation seen;
  private final Assessment assessment;
  private final RecoveryRecord record;
  private final RecoveryPolicy policy;
  private final SurvivorHealth health;
  private final Decisions say;
  private final Incident incident;
  private final StatefulSetView statefulSet;
  private final Survivor survivor;
  private final Optional<PodView> pod;

  Rebuild(
      Observation seen,
      Assessment assessment,
      RecoveryRecord record,
      RecoveryPolicy policy,
      SurvivorHealth health,
      Incident incident,
      StatefulSetView statefulSet) {
    this.seen = seen;
    this.assessment = assessment;
    this.record = record;
    this.policy = policy;
    this.health = health;
    this.say = new Decisions(seen.at(), record, policy);
    this.incident = incident;
    this.statefulSet = statefulSet;
    this.survivor = incident.survivor().orElseThrow();
    this.pod = seen.workload().pod(survivor.name()).filter(p -> !p.terminating());
  }

  Decision step() {
    if (quorumCameBack()) {
      return say.decision(
          Incidents.forget(record),
          Action.none(),
          Reason.HEALED,
          "the rebuild was called off: a quorum came back before anything was forced",
          false,
          Decisions.AT_ONCE);
    }
    return switch (incident.step().orElseThrow()) {
      case FENCE -> fence();
      case PRESERVE -> preserve();
      case REWRITE_STATE -> rewriteState();
      case ARM -> arm();
      case VERIFY -> verify();
      case DISARM -> disarm();
      case VERIFY_AGAIN -> verifyAgain();
    };
  }

  private boolean quorumCameBack() {
    boolean forced = pod.filter(PodView::forceFlag).isPresent();
    Step step = incident.step().orElseThrow();
    return assessment.verdict() == Verdict.QUORATE
        && (step.beforeForce() || step == Step.ARM && !forced);
  }

  private Decision fence() {
    OrdinalWindow alone = OrdinalWindow.only(survivor.ordinal());
    boolean uncut = !statefulSet.window().equals(alone);
    if (uncut && assessment.verdict() != Verdict.LOST) {
      return say.hold(
          incident, Reason.QUORUM_UNDETERMINED, "cutting nobody off: " + assessment.why(), true);
    }
    if (uncut) {
      return say.in(
          record,
          incident,
          new Action.Resize(statefulSet, alone),
          Reason.FENCING,
          "cutting the StatefulSet to %s alone".formatted(survivor.name()));
    }
    Optional<String> obstacle = obstacle();
    return obstacle
        .map(
            what ->
                say.hold(
                    incident,
                    Reason.FENCING,
                    "waiting until only the survivor can run: " + what,
                    false))
        .orElseGet(() -> pod.isPresent() ? go(Step.PRESERVE, Reason.PRESERVING) : podMissing());
  }

  private Decision preserve() {
    if (obstacle().isPresent()) {
      return go(Step.FENCE, Reason.FENCING);
    }
    if (!seen.preservedCopy().isKnown()) {
      return say.hold(
          incident,
          Reason.EVIDENCE_INCOMPLETE,
          "it cannot be told whether the copy exists: " + seen.preservedCopy().why().orElse(""),
          true);
    }
    return seen.preservedCopy()
        .value()
        .orElseThrow()
        .map(
            copy ->
                say.enter(
                    IncidentDraft.of(incident).withCopy(copy),
                    Step.REWRITE_STATE,
                    Reason.REWRITING_STATE,
                    "a copy of %s (%d bytes) is at %s"
                        .formatted(survivor.name(), copy.bytes(), copy.location())))
        .orElseGet(this::makeCopy);
  }

  private Decision makeCopy() {
    if (assessment.voter(survivor.id()).filter(voter -> voter.isUp()).isEmpty()) {
      return say.hold(
          incident,
          Reason.SURVIVOR_NOT_HEALTHY,
          "%s does not answer, so its data cannot be copied".formatted(survivor.name()),
          true);
    }
    return say.in(
        record,
        incident,
        new Action.Preserve(incident.id(), seen.etcd().answers().get(survivor.name()).endpoint()),
        Reason.PRESERVING,
        "copying the data of %s".formatted(survivor.name()));
  }

  private Decision rewriteState() {
    if (obstacle().isPresent()) {
      return go(Step.FENCE, Reason.FENCING);
    }
    if (survivorIsEmpty()) {
      return survivorLost();
    }
    Optional<String> unreadable = seen.workload().initialCluster().why();
    if (unreadable.isPresent()) {
      return say.hold(
          incident,
          Reason.EVIDENCE_INCOMPLETE,
          "the initial cluster cannot be read: " + unreadable.get(),
          true);
    }
    return stateIsRewritten()
        ? go(Step.ARM, Reason.ARMING)
        : say.in(
            record,
            incident,
            new Action.WriteInitialCluster(alone()),
            Reason.REWRITING_STATE,
            "rewriting the initial cluster to %s alone".formatted(survivor.name()));
  }

  private Decision arm() {
    if (pod.filter(PodView::forceFlag).isPresent()) {
      return go(Step.VERIFY, Reason.VERIFYING);
    }
    if (obstacle().isPresent()) {
      return go(Step.FENCE, Reason.FENCING);
    }
    if (survivorIsEmpty()) {
      return survivorLost();
    }
    if (!stateIsRewritten()) {
      return go(Step.REWRITE_STATE, Reason.REWRITING_STATE);
    }
    if (assessment.verdict() != Verdict.LOST) {
      return say.hold(
          incident, Reason.QUORUM_UNDETERMINED, "not arming: " + assessment.why(), true);
    }
    if (pod.isEmpty()) {
      return podMissing();
    }
    boolean armedForThis =
        statefulSet.forceFlag() && statefulSet.armedFor().equals(Optional.of(incident.id()));
    if (statefulSet.armed() && !armedForThis) {
      return say.in(
          record,
          incident,
          new Action.Disarm(statefulSet),
          Reason.DISARMING,
          "removing --force-new-cluster, which was not put there for this incident");
    }
    return say.in(
        record,
        incident,
        armedForThis
            ? new Action.RestartPod(survivor.name(), pod.get().uid())
            : new Action.Arm(statefulSet, survivor.name(), incident.id()),
        Reason.ARMING,
        "restarting %s with --force-new-cluster".formatted(survivor.name()));
  }

  /** Told to start alone, a survivor without its data would start an empty cluster. */
  private boolean survivorIsEmpty() {
    return !seen.workload().volumes().isKnown()
        || Absence.volumeLost(
            survivor.name(), record.lastKnown().member(survivor.id()), seen.workload());
  }

  private Decision survivorLost() {
    return say.hold(
        incident,
        Reason.SURVIVOR_NOT_HEALTHY,
        seen.workload()
            .volumes()
            .why()
            .map(why -> "it cannot be told whether the survivor has its volume: " + why)
            .orElseGet(
                () ->
                    "the volume of %s, the survivor, was lost; its copy is at %s"
                        .formatted(
                            survivor.name(),
                            incident.copy().map(PreservedCopy::location).orElse("no place"))),
        true);
  }

  private Decision verify() {
    Optional<String> complaint = health.complaint(seen, assessment, survivor);
    if (complaint.isPresent()) {
      return say.hold(
          incident,
          Reason.VERIFYING,
          "waiting for %s: %s".formatted(survivor.name(), complaint.get()),
          false);
    }
    return say.enter(
        IncidentDraft.of(incident).withDataLoss(LossAccount.of(seen, survivor, record.lastKnown())),
        Step.DISARM,
        Reason.DISARMING,
        "%s leads itself; removing --force-new-cluster".formatted(survivor.name()));
  }

  private Decision disarm() {
    if (statefulSet.armed()) {
      return say.in(
          record,
          incident,
          new Action.Disarm(statefulSet),
          Reason.DISARMING,
          "removing --force-new-cluster");
    }
    if (pod.isEmpty()) {
      return podMissing();
    }
    return pod.get().forceFlag()
        ? say.in(
            record,
            incident,
            new Action.RestartPod(survivor.name(), pod.get().uid()),
            Reason.DISARMING,
            "restarting %s without --force-new-cluster".formatted(survivor.name()))
        : go(Step.VERIFY_AGAIN, Reason.VERIFYING_AGAIN);
  }

  private Decision verifyAgain() {
    if (statefulSet.armed() || pod.filter(PodView::forceFlag).isPresent()) {
      return go(Step.DISARM, Reason.DISARMING);
    }
    Optional<String> complaint = health.complaint(seen, assessment, survivor);
    if (complaint.isPresent()) {
      return say.hold(
          incident,
          Reason.VERIFYING_AGAIN,
          "waiting for %s: %s".formatted(survivor.name(), complaint.get()),
          false);
    }
    Optional<Member> leftOver =
        assessment.members().stream()
            .flatMap(members -> members.stream())
            .filter(member -> !member.id().equals(survivor.id()))
            .findFirst();
    return leftOver
        .map(
            member ->
                say.in(
                    record,
                    incident,
                    new Action.Remove(member.id()),
                    Reason.REMOVING_MEMBER,
                    "removing former member %s (%s)".formatted(member.podName(), member.id())))
        .orElseGet(this::scaleOut);
  }

  private Decision scaleOut() {
    Incident next =
        IncidentDraft.of(incident)
            .entering(Phase.SCALING_OUT, seen.at())
            .saying(
                Reason.RECOVERY_SCALING_OUT,
                "%s serves again; adding members".formatted(survivor.name()))
            .build();
    LastKnown known =
        LastKnownUpdate.after(seen, assessment, record.lastKnown(), policy.lastKnownInterval());
    return say.decision(
        record.withLastKnown(known).withIncident(Optional.of(next)),
        Action.none(),
        next.reason(),
        next.message(),
        false,
        Decisions.AT_ONCE);
  }

  private Optional<String> obstacle() {
    return Fence.obstacle(seen, statefulSet, survivor, record.lastKnown());
  }

  private InitialCluster alone() {
    return new InitialCluster(
        InitialCluster.State.NEW, Map.of(survivor.name(), seen.goal().peerUrl(survivor.ordinal())));
  }

  private boolean stateIsRewritten() {
    return seen.workload()
        .initialCluster()
        .value()
        .flatMap(found -> found)
        .filter(alone()::equals)
        .isPresent();
  }

  private Decision podMissing() {
    return say.hold(
        incident,
        Reason.SURVIVOR_POD_MISSING,
        "waiting for pod %s to exist".formatted(survivor.name()),
        false);
  }

  private Decision go(Step next, Reason reason) {
    return say.enter(IncidentDraft.of(incident), next, reason, "next: " + next.word());
  }
}
