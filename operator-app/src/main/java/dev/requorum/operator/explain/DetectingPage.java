package dev.requorum.operator.explain;

import dev.requorum.core.recovery.Attempts;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.MissingVoter;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Instant;
import java.util.Optional;

/** Explains a loss that is being made sure of: which window runs, or what holds it. */
final class DetectingPage {

  private final ReportedCluster cluster;
  private final RecoveryRecord record;
  private final ReasonTable reasons;
  private final Moments moments;
  private final Page page;

  DetectingPage(
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
  }

  void explain(Incident incident) {
    page.say(
            Label.NOW,
            "the quorum has been lost since %s; clients cannot write"
                .formatted(moments.when(incident.detectedAt())))
        .say(Label.NOW, "nothing has been changed");
    incident.evidence().missing().forEach(this::missing);
    GraceWindow window = GraceWindow.of(incident, cluster.policy());
    if (incident.reason() == Reason.WAITING_GRACE_PERIOD) {
      waiting(window);
    } else if (incident.reason() == Reason.FRESHER_VOLUME && !window.isOver()) {
      held(incident);
      waiting(window);
    } else {
      held(incident);
      page.say(Label.WAITING, standing(window));
      page.say(Label.UNTIL, until(incident));
    }
    incident.plan().ifPresent(plan -> planned(incident, plan));
    if (window.unwatched(moments.now())) {
      page.say(
              Label.NOW,
              "the operator has not looked since %s, though it looks every second: it may not be"
                      .formatted(moments.when(window.lastLook()))
                  + " running")
          .say(Label.TO_DO, "see whether the operator runs, and what it logs");
    }
  }

  private void missing(MissingVoter voter) {
    page.say(
        Label.MISSING,
        "%s is %s: %s"
            .formatted(
                voter.name(),
                switch (voter.missing()) {
                  case GONE -> "gone for good";
                  case DOWN -> "down";
                  case UNREACHABLE -> "perhaps alive";
                },
                voter.detail()));
  }

  private void waiting(GraceWindow window) {
    page.say(
        Label.WHY,
        "it does not act yet, for a member that comes back in time brings the quorum back, and"
            + " nothing is lost then");
    page.say(
        Label.WAITING,
        "the loss has to be seen for %s without interruption (%s%s); %s are over"
            .formatted(
                Moments.length(window.length()),
                window.field(),
                window.down().isEmpty()
                    ? ""
                    : ", since %s may come back with its volume"
                        .formatted(String.join(", ", window.down())),
                Moments.length(window.observed())));
    page.say(
        Label.UNTIL,
        window.unwatched(moments.now())
            ? "unknown, while nobody looks: %s of looking are left"
                .formatted(Moments.length(window.left()))
            : "%s at the earliest; later where a look fails or comes late"
                .formatted(moments.when(window.end(moments.now()))));
    page.say(
        Label.THEN,
        "if nothing stands in the way, the cluster is rebuilt from the freshest member that"
            + " answers; writes that it has not seen are lost");
  }

  /** Only attempts are bounded by time; what else holds it goes away or it does not. */
  private String until(Incident incident) {
    Optional<Instant> next = Optional.empty();
    if (incident.reason() == Reason.COOLING_DOWN) {
      next = Attempts.of(record).afterCoolDown(cluster.policy().attempts());
    } else if (incident.reason() == Reason.ATTEMPTS_EXHAUSTED) {
      next = Attempts.of(record).afterWindow(cluster.policy().attempts(), moments.now());
    }
    return next.map(at -> "%s, when the next rebuild may begin".formatted(moments.when(at)))
        .orElse("no time is set: nothing is ever done because of time alone");
  }

  private void planned(Incident incident, RecoveryPlan plan) {
    PlanPage said = new PlanPage(page);
    said.ready(plan);
    if (incident.reason() == Reason.AWAITING_APPROVAL) {
      said.approval(plan, cluster.namespace(), cluster.name());
    }
  }

  private static String standing(GraceWindow window) {
    String goesOn = "it goes on by itself as soon as the cause is gone";
    return window.isOver()
        ? "%s; the loss was seen for long enough (%s)"
            .formatted(goesOn, Moments.length(window.length()))
        : "%s; the loss was seen for %s of %s (%s), which stands still meanwhile"
            .formatted(
                goesOn,
                Moments.length(window.observed()),
                Moments.length(window.length()),
                window.field());
  }

  /** Why it is held: in the operator's words about this cluster, and in the page's in general. */
  private void held(Incident incident) {
    page.say(
        Label.WHY,
        "it does not act: %s (%s)".formatted(incident.message(), incident.reason().word()));
    page.say(Label.WHY, "that means: " + reasons.row(incident.reason()).meaning());
  }
}
