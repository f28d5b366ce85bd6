package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Absence;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RestoreTry;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a step of a rebuild decides upon, and the questions that several steps ask of it. */
record RebuildScene(
    Observation seen,
    Assessment assessment,
    RecoveryRecord record,
    Incident incident,
    StatefulSetView statefulSet,
    Decisions say) {

  Survivor survivor() {
    return incident.survivor().orElseThrow();
  }

  /** The survivor's pod, unless it is being deleted. */
  Optional<PodView> pod() {
    return seen.workload().pod(survivor().name()).filter(pod -> !pod.terminating());
  }

  boolean runsWithFlag() {
    return pod().filter(PodView::forceFlag).isPresent();
  }

  /**
   * True where the survivor was made a cluster of its own, whatever the record says: it runs with
   * the flag, or it is the only member that a quorum confirms where there were others.
   */
  boolean isForced() {
    return runsWithFlag() || confirmedAlone() && record.lastKnown().members().size() > 1;
  }

  private boolean confirmedAlone() {
    return assessment
        .members()
        .filter(list -> list.stream().allMatch(member -> member.id().equals(survivor().id())))
        .isPresent();
  }

  boolean quorumCameBack() {
    return assessment.verdict() == Verdict.QUORATE && !isForced();
  }

  /** What lets anybody but the survivor run; empty where the fence is up. */
  Optional<String> obstacle() {
    return Fence.obstacle(seen, statefulSet, survivor(), record.lastKnown());
  }

  /** What lets anybody run, the survivor included; empty where nobody can. */
  Optional<String> running() {
    return Fence.obstacleToRest(seen, statefulSet, record.lastKnown());
  }

  /** The pod of the cluster's restore, where it is known to be there. */
  Optional<RestoreView> restorePod() {
    return seen.restore().value().flatMap(found -> found);
  }

  /** The directories of tries before the last one: there in part, or not at all. */
  List<String> failedDirectories() {
    int last = incident.restore().map(RestoreTry::number).orElse(1);
    return IntStream.range(1, last).mapToObj(this::restoreDirectory).toList();
  }

  /** The directory that this try of the incident, and nothing else, restores into. */
  String restoreDirectory(int number) {
    return incident.id() + "-" + number;
  }

  long revisionBump() {
    return incident.plan().map(RecoveryPlan::revisionBump).orElse(0L);
  }

  /** Nobody, in the directory that was restored. */
  InitialCluster sealedInRestored() {
    return InitialCluster.sealed().in(incident.restore().map(RestoreTry::directory));
  }

  /** The survivor alone, as a new cluster (S13). */
  InitialCluster alone() {
    return new InitialCluster(
            InitialCluster.State.NEW,
            Map.of(survivor().name(), seen.goal().peerUrl(survivor().ordinal())))
        .in(record.lastKnown().directory());
  }

  /** Nobody, in the directory that the members use. */
  InitialCluster sealed() {
    return InitialCluster.sealed().in(record.lastKnown().directory());
  }

  /**
   * Writes the initial cluster over what stands there at this look.
   *
   * @throws java.util.NoSuchElementException where that is not known: nobody may decide on it then
   */
  Action write(InitialCluster content) {
    return new Action.WriteInitialCluster(
        seen.workload().initialCluster().value().orElseThrow(), content);
  }

  /** Whether this is known to be what members are told at this look. */
  boolean isTold(InitialCluster content) {
    return seen.workload().initialCluster().value().equals(Optional.of(Optional.of(content)));
  }

  boolean stateIsRewritten() {
    return isTold(alone());
  }

  boolean stateIsAdopted() {
    return incident.restore().isPresent() && isTold(sealedInRestored());
  }

  /** Does this, and stays in the step. */
  Decision act(Action action, Reason reason, String message) {
    return say.in(record, incident, action, reason, message);
  }

  /** Waits in the step. */
  Decision hold(Reason reason, String message, boolean blocked) {
    return say.hold(incident, reason, message, blocked);
  }

  /** Waits in the step for what takes a moment. */
  Decision holdBriefly(Reason reason, String message) {
    return say.holdBriefly(incident, reason, message);
  }

  Decision podMissing() {
    return hold(
        Reason.SURVIVOR_POD_MISSING,
        "waiting for pod %s to exist".formatted(survivor().name()),
        false);
  }

  /** The pod was restarted, and its successor is not there yet. */
  Decision restarting(Reason reason) {
    return holdBriefly(reason, "waiting for %s to restart".formatted(survivor().name()));
  }

  Decision go(Step next, Reason reason) {
    return go(next, reason, purpose(next));
  }

  Decision go(Step next, Reason reason, String message) {
    return say.enter(IncidentDraft.of(incident), next, reason, message);
  }

  private String purpose(Step step) {
    String name = survivor().name();
    return switch (step) {
      case RELEASE -> "nothing was forced; a survivor is chosen anew";
      case FENCE -> "making sure that only %s can run".formatted(name);
      case PRESERVE -> "only %s can run; copying its data".formatted(name);
      case REWRITE_STATE -> "rewriting the initial cluster to %s alone".formatted(name);
      case ARM -> "the initial cluster is %s alone; forcing it".formatted(name);
      case STOP -> "only %s can run; stopping it".formatted(name);
      case RESTORE -> "%s is stopped; restoring its database beside the original".formatted(name);
      case ADOPT -> "the database of %s is restored; starting it on that".formatted(name);
      case VERIFY ->
          incident.strategy() == Strategy.RESTORE
              ? "%s was started on what was restored".formatted(name)
              : "%s was started with --force-new-cluster".formatted(name);
      case DISARM -> "removing --force-new-cluster from %s".formatted(name);
      case VERIFY_AGAIN -> "%s was started without --force-new-cluster".formatted(name);
    };
  }

  /** Why the survivor's pod must not be restarted now, in words; empty where it may. */
  Optional<String> doomed() {
    return seen.workload().doomedClaim(survivor().name()).map(Commitment::doomed);
  }

  /** Told to start alone, a survivor without its data would start an empty cluster. */
  boolean survivorIsEmpty() {
    return !seen().workload().volumes().isKnown()
        || Absence.volumeLost(
            survivor().name(), record().lastKnown().member(survivor().id()), seen().workload());
  }

  /** The same, where it is certain. */
  boolean survivorIsLost() {
    return seen().workload().volumes().isKnown() && survivorIsEmpty();
  }

  SurvivorPresence presence() {
    return SurvivorPresence.in(this);
  }

  Decision survivorLost() {
    return hold(
        Reason.SURVIVOR_NOT_HEALTHY,
        seen()
            .workload()
            .volumes()
            .why()
            .map(why -> "it cannot be told whether the survivor has its volume: " + why)
            .orElseGet(
                () ->
                    "the volume of %s, the survivor, was lost; its copy is at %s"
                        .formatted(
                            survivor().name(),
                            incident().copy().map(PreservedCopy::location).orElse("no place"))),
        true);
  }

  /** The copy of the survivor's data, where it is known to be there. */
  Optional<PreservedCopy> copy() {
    return seen.preservedCopy().value().flatMap(found -> found);
  }

  Decision copyUnknown() {
    return hold(
        Reason.EVIDENCE_INCOMPLETE,
        "it cannot be told whether the copy exists: " + seen.preservedCopy().why().orElse(""),
        true);
  }

  /**
   * What there is to say of a copy that is gone once the survivor was forced; nothing is stopped by
   * it then. Empty where it is there, or where that is not known.
   */
  String copyLost() {
    boolean lost = seen.preservedCopy().isKnown() && copy().isEmpty();
    return lost
        ? "; the copy of its data is gone from %s"
            .formatted(incident.copy().map(PreservedCopy::location).orElse("where it was"))
        : "";
  }

  /** What is armed is forced by any restart; until the ground is firm again, it must not be. */
  Decision disarmInTime() {
    return act(
        new Action.Disarm(statefulSet),
        Reason.DISARMING,
        "removing --force-new-cluster, which has not taken effect, until it is safe again");
  }
}
