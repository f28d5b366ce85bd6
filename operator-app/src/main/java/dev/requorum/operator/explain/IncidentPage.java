package dev.requorum.operator.explain;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
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
      case DETECTING ->
          new DetectingPage(cluster, record, reasons, moments, page).explain(incident);
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
    RebuildingPage rebuilding = new RebuildingPage(moments, page, record.attempts());
    rebuilding.explain(incident);
    waitsFor(incident);
    page.say(Label.THEN, rebuilding.afterwards(incident));
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
