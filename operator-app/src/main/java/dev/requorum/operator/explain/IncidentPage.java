package dev.requorum.operator.explain;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Explains a cluster whose quorum is lost and not yet recovered. */
final class IncidentPage {

  private static final Set<Reason> TROUBLES =
      EnumSet.of(Reason.PORT_FAILED, Reason.ACT_REFUSED, Reason.NAME_TAKEN);

  private final ReportedCluster cluster;
  private final RecoveryRecord record;
  private final ReasonTable reasons;
  private final Moments moments;
  private final Page page;
  private final RecoveryPolicy policy;

  IncidentPage(
      ReportedCluster cluster,
      RecoveryRecord record,
      ReasonTable reasons,
      Moments moments,
      Page page) {
    this.cluster = cluster;
    this.record = record;
    this.reasons = reasons;
    this.moments = moments;
    this.page = page;
    this.policy = cluster.policy();
  }

  void explain(Incident incident) {
    switch (incident.phase()) {
      case DETECTING -> new DetectingPage(cluster, reasons, moments, page).explain(incident);
      case REBUILDING -> rebuilding(incident);
      case SCALING_OUT -> scalingOut(incident);
      case COMPLETED -> throw new IllegalArgumentException("a completed incident is not ongoing");
    }
    advise(incident.reason());
    cluster.condition("Progressing").ifPresent(condition -> trouble(condition, incident));
  }

  private void advise(Reason reason) {
    reasons.row(reason).toDo().ifPresent(toDo -> page.say(Label.TO_DO, toDo));
  }

  /** What keeps the operator from looking or acting is not in the record. */
  private void trouble(Condition progressing, Incident incident) {
    String message =
        progressing.getMessage().startsWith(incident.message() + ": ")
            ? progressing.getMessage().substring(incident.message().length() + 2)
            : progressing.getMessage();
    Explanation.reason(progressing)
        .filter(TROUBLES::contains)
        .ifPresent(
            reason -> {
              page.say(Label.WHY, "it did not succeed: %s (%s)".formatted(message, reason.word()));
              advise(reason);
            });
  }

  private void rebuilding(Incident incident) {
    Survivor survivor = incident.survivor().orElseThrow();
    Step step = incident.step().orElseThrow();
    page.say(
            Label.NOW,
            "the quorum was lost at %s; the cluster is being rebuilt from %s since %s (attempt %d)"
                .formatted(
                    Moments.plain(incident.detectedAt()),
                    survivor.name(),
                    moments.when(incident.startedAt().orElseThrow()),
                    record.attempts()))
        .say(
            Label.NOW,
            "step %s, since %s: %s"
                .formatted(
                    numbered(step),
                    moments.when(incident.stepSince()),
                    purpose(step, survivor.name())))
        .say(
            Label.WHY,
            "%s was the freshest member that answered (raft term %d, raft index %d, revision %d)"
                .formatted(
                    survivor.name(),
                    survivor.raftTerm(),
                    survivor.raftIndex(),
                    survivor.revision()));
    waitsFor(incident);
    page.say(Label.THEN, afterwards(incident, step));
  }

  /** Release stands aside from the steps of a rebuild that goes through. */
  private static String numbered(Step step) {
    int first = Step.FENCE.ordinal();
    return step == Step.RELEASE
        ? step.word()
        : "%s, %d of %d"
            .formatted(step.word(), step.ordinal() - first + 1, Step.values().length - first);
  }

  private String afterwards(Incident incident, Step step) {
    if (step == Step.RELEASE) {
      return "the loss is observed anew for the window, and another member is chosen";
    }
    if (step.compareTo(Step.ARM) > 0) {
      return "it is carried through; then the other members are added back";
    }
    return incident
        .armedAt()
        .map(
            at ->
                "the flag was set at %s; unless a quorum comes back before it takes effect, the"
                        .formatted(Moments.plain(at))
                    + " rebuild is carried through")
        .orElse(
            "a quorum that comes back before anything was forced (step Arm) calls the rebuild off,"
                + " and nothing is lost; after that it is carried through");
  }

  private static String purpose(Step step, String survivor) {
    return switch (step) {
      case RELEASE ->
          "%s was lost before anything was forced; all voters are run again".formatted(survivor);
      case FENCE -> "nobody but %s may be able to run".formatted(survivor);
      case PRESERVE -> "the data of %s is copied before anything is done to it".formatted(survivor);
      case REWRITE_STATE -> "%s is made the only member of the initial cluster".formatted(survivor);
      case ARM -> "%s is restarted with --force-new-cluster".formatted(survivor);
      case STOP -> "%s is stopped, so that its database is whole".formatted(survivor);
      case RESTORE -> "the database of %s is restored beside the original".formatted(survivor);
      case ADOPT -> "%s is started on what was restored".formatted(survivor);
      case VERIFY -> "%s has to be healthy and lead itself".formatted(survivor);
      case DISARM -> "%s is restarted without --force-new-cluster".formatted(survivor);
      case VERIFY_AGAIN -> "%s has to be healthy without the flag".formatted(survivor);
    };
  }

  private void scalingOut(Incident incident) {
    page.say(
            Label.NOW,
            "the quorum was lost at %s; %s serves again, and clients may write"
                .formatted(
                    Moments.plain(incident.detectedAt()), incident.survivor().orElseThrow().name()))
        .say(
            Label.NOW,
            "the other members are added back one at a time, since %s"
                .formatted(moments.when(incident.stepSince())));
    waitsFor(incident);
    page.say(Label.THEN, "when all voters are back, the recovery is completed");
  }

  private void waitsFor(Incident incident) {
    page.say(
        Label.WAITING,
        "%s (%s)"
            .formatted(
                incident.message().replaceFirst("^waiting for ", ""), incident.reason().word()));
    Optional<Condition> blocked = cluster.condition("RecoveryBlocked", "True");
    Instant limit = incident.stepSince().plus(policy.stepLimit());
    page.say(
        Label.UNTIL,
        blocked
            .map(
                condition ->
                    "no time is set; held since %s (RecoveryBlocked), it goes on by itself as soon"
                            .formatted(condition.getLastTransitionTime())
                        + " as the cause is gone")
            .orElseGet(
                () ->
                    "no time is set; if it still waits after %s, RecoveryBlocked says so"
                        .formatted(moments.when(limit))));
    if (blocked.isPresent() && incident.phase() == Phase.REBUILDING) {
      page.say(Label.WHY, "that means: " + reasons.row(incident.reason()).meaning());
    }
  }
}
