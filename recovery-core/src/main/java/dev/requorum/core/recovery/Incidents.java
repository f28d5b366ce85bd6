package dev.requorum.core.recovery;

import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.MissingVoter;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How incidents come into a record and leave it. */
final class Incidents {

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private Incidents() {}

  /**
   * The record with a loss that was just seen; the incident before moves to the history.
   *
   * @param attemptWindow how far back begun rebuilds count
   */
  static RecoveryRecord detect(
      RecoveryRecord record, Assessment loss, Instant at, Duration attemptWindow) {
    Incident detected =
        new Incident(
            "%s-%d".formatted(ID.format(at), record.attempts()),
            Phase.DETECTING,
            Optional.empty(),
            Reason.WAITING_GRACE_PERIOD,
            "quorum lost: " + loss.why(),
            at,
            Optional.empty(),
            Optional.empty(),
            evidence(loss, Duration.ZERO, at, 0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            at);
    List<Incident> history = new ArrayList<>(record.history());
    record.incident().ifPresent(history::add);
    while (history.size() > RecoveryRecord.HISTORY_LIMIT) {
      history.remove(dispensable(history, at, attemptWindow));
    }
    return record.withHistory(history).withIncident(Optional.of(detected));
  }

  /**
   * The oldest of those that are needed least. At most {@link AttemptLimits#MOST} rebuilds are
   * begun within the window, and no fewer incidents are kept, so that one more leaves one that does
   * not count. Only what keeps a volume from being deleted is worth more than that: it is dropped
   * last.
   */
  private static Incident dispensable(List<Incident> history, Instant at, Duration window) {
    Comparator<Incident> need =
        Comparator.comparing((Incident old) -> old.unacknowledged() && keepsVolumes(old))
            .thenComparing(old -> counts(old, at, window))
            .thenComparing(Incident::unacknowledged);
    return history.stream().min(need).orElseThrow();
  }

  private static boolean counts(Incident old, Instant at, Duration window) {
    return old.startedAt().filter(start -> Attempts.counts(window, start, at)).isPresent();
  }

  private static boolean keepsVolumes(Incident old) {
    return old.plan().filter(plan -> !plan.passedOver().isEmpty()).isPresent();
  }

  /**
   * The record without its current incident, which came to nothing; the one before is back, unless
   * it was given up for that one.
   */
  static RecoveryRecord forget(RecoveryRecord record) {
    List<Incident> history = new ArrayList<>(record.history());
    if (history.isEmpty() || wasGivenUp(history.get(history.size() - 1))) {
      return record.withIncident(Optional.empty());
    }
    Incident before = history.remove(history.size() - 1);
    return record.withHistory(history).withIncident(Optional.of(before));
  }

  /** True for an earlier incident whose survivor was let go before anything was armed for it. */
  static boolean wasGivenUp(Incident earlier) {
    return earlier.phase() == Phase.REBUILDING;
  }

  /** The record with every incident acknowledged whose id a human gave. */
  static RecoveryRecord acknowledge(RecoveryRecord record, Optional<String> id, Instant at) {
    if (id.isEmpty()) {
      return record;
    }
    return record
        .withIncident(record.incident().map(incident -> acknowledged(incident, id.get(), at)))
        .withHistory(
            record.history().stream().map(old -> acknowledged(old, id.get(), at)).toList());
  }

  private static Incident acknowledged(Incident incident, String id, Instant at) {
    return incident.id().equals(id) && incident.unacknowledged()
        ? IncidentDraft.of(incident).acknowledged(at).build()
        : incident;
  }

  /**
   * What speaks for a loss after this look.
   *
   * @param highestBefore the highest raft index seen during this loss before
   */
  static LossEvidence evidence(
      Assessment loss, Duration observedLost, Instant at, long highestBefore) {
    List<MissingVoter> missing =
        loss.absent().stream()
            .map(v -> new MissingVoter(v.id(), v.name(), v.missing().orElseThrow(), v.detail()))
            .toList();
    return new LossEvidence(observedLost, at, Math.max(highestBefore, highestIndex(loss)), missing);
  }

  /** The highest committed raft index of the voters that answer; 0 where none does. */
  static long highestIndex(Assessment assessment) {
    return assessment.up().stream()
        .map(Voter::status)
        .flatMap(Optional::stream)
        .mapToLong(status -> status.raftIndex())
        .max()
        .orElse(0);
  }
}
