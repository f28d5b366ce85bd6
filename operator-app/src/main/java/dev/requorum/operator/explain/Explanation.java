package dev.requorum.operator.explain;

import dev.requorum.operator.spec.SpecReader;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says of a cluster, from its EtcdCluster object alone, what is happening, why the operator does or
 * does not act, what it waits for and until when, and what was lost. What the object does not tell
 * is called unknown.
 *
 * <p>Pure: the same object and time give the same lines. Not guaranteed: that the operator still
 * runs, which the object tells only while a loss is being made sure of.
 */
final class Explanation {

  private final ReportedCluster cluster;
  private final Moments moments;
  private final ReasonTable reasons;
  private final Page page;

  private Explanation(ReportedCluster cluster, Instant now, ReasonTable reasons) {
    this.cluster = cluster;
    this.moments = new Moments(now);
    this.reasons = reasons;
    this.page =
        new Page(
            "EtcdCluster %s/%s, as of %s"
                .formatted(cluster.namespace(), cluster.name(), Moments.plain(now)));
  }

  /** The explanation, line by line. */
  static List<String> of(ReportedCluster cluster, Instant now, ReasonTable reasons) {
    return new Explanation(cluster, now, reasons).lines();
  }

  private List<String> lines() {
    if (cluster.cluster().isMarkedForDeletion()) {
      page.say(
          Label.NOW, "the EtcdCluster is being deleted; the operator does nothing for it any more");
    }
    if (cluster.status().isEmpty()) {
      page.say(Label.NOW, "no operator has looked at this cluster yet: it has no status")
          .say(
              Label.TO_DO,
              "see whether the operator runs, watches namespace %s, and what it logs"
                  .formatted(cluster.namespace()));
    } else if (cluster.recorded() instanceof Recorded.Readable readable) {
      explain(readable.record());
    } else {
      unreadable((Recorded.Unreadable) cluster.recorded());
    }
    manifest();
    return page.lines();
  }

  private void explain(RecoveryRecord record) {
    Optional<Incident> ongoing = record.ongoing();
    if (ongoing.isPresent()) {
      new IncidentPage(cluster, record, reasons, moments, page).explain(ongoing.get());
    } else {
      new CalmPage(cluster, reasons, page).explain(record);
    }
    new LossPages(cluster, record, moments, page).explain();
  }

  /** The conditions may still be worth a look; nothing else can be relied upon. */
  private void unreadable(Recorded.Unreadable recorded) {
    page.say(
        Label.NOW,
        "status.recovery cannot be understood by this program: %s".formatted(recorded.why()));
    recorded
        .text("phase")
        .ifPresent(phase -> page.say(Label.NOW, "its phase is called \"%s\"".formatted(phase)));
    recorded.text("message").ifPresent(message -> page.say(Label.NOW, "its message: " + message));
    new CalmPage(cluster, reasons, page).conditions();
    page.say(
            Label.WHY,
            "an operator of this program's version does nothing for this cluster: it does not act"
                + " on a record that it does not understand")
        .say(Label.LOST, "unknown")
        .say(
            Label.TO_DO,
            "if a newer operator wrote it, explain it with that operator's version; if somebody"
                + " edited it, undo that");
  }

  private void manifest() {
    cluster.refusal().ifPresent(this::refused);
    Long observed = cluster.status().map(status -> status.observedGeneration).orElse(null);
    Long generation = cluster.cluster().getMetadata().getGeneration();
    if (observed != null && generation != null && observed < generation) {
      page.say(
          Label.NOW,
          "the manifest was changed since (generation %d, looked at: %d); what stands here may be"
                  .formatted(generation, observed)
              + " out of date");
    }
  }

  private void refused(SpecReader.Refused refused) {
    boolean alone =
        cluster
            .condition("Available")
            .filter(available -> Reason.INVALID_SPEC.word().equals(available.getReason()))
            .isPresent();
    page.say(
        Label.NOW,
        "the manifest is refused (%s): %s".formatted(Reason.INVALID_SPEC.word(), refused.why()));
    page.say(
        Label.WHY,
        alone
            ? "while the manifest is refused, nothing is done for this cluster"
            : "while the manifest is refused, the cluster's objects stay as they are; a lost quorum"
                + " is recovered all the same");
    reasons.row(Reason.INVALID_SPEC).toDo().ifPresent(toDo -> page.say(Label.TO_DO, toDo));
  }

  /** The reason of a condition; empty where it is one of another version's. */
  static Optional<Reason> reason(Condition condition) {
    try {
      return Optional.of(Reason.ofWord(condition.getReason()));
    } catch (IllegalArgumentException ofAnotherVersion) {
      return Optional.empty();
    }
  }
}
