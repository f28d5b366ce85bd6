package dev.requorum.core.recovery;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RestoreTry;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.time.Instant;
import java.util.Optional;

/** An incident being changed; {@link #build} checks it as a whole. */
final class IncidentDraft {

  private final String id;
  private final Instant detectedAt;
  private Phase phase;
  private Optional<Step> step;
  private Reason reason;
  private String message;
  private Optional<Instant> startedAt;
  private Optional<Instant> completedAt;
  private LossEvidence evidence;
  private Optional<Survivor> survivor;
  private Optional<PreservedCopy> copy;
  private Optional<Instant> armedAt;
  private Optional<DataLoss> dataLoss;
  private Optional<Instant> acknowledgedAt;
  private Instant stepSince;
  private Optional<RecoveryPlan> plan;
  private Optional<RestoreTry> restore;

  private IncidentDraft(Incident from) {
    id = from.id();
    detectedAt = from.detectedAt();
    phase = from.phase();
    step = from.step();
    reason = from.reason();
    message = from.message();
    startedAt = from.startedAt();
    completedAt = from.completedAt();
    evidence = from.evidence();
    survivor = from.survivor();
    copy = from.copy();
    armedAt = from.armedAt();
    dataLoss = from.dataLoss();
    acknowledgedAt = from.acknowledgedAt();
    stepSince = from.stepSince();
    plan = from.plan();
    restore = from.restore();
  }

  static IncidentDraft of(Incident incident) {
    return new IncidentDraft(incident);
  }

  IncidentDraft saying(Reason nextReason, String nextMessage) {
    reason = nextReason;
    message = nextMessage;
    return this;
  }

  IncidentDraft entering(Phase next, Instant at) {
    phase = next;
    step = Optional.empty();
    stepSince = at;
    return this;
  }

  IncidentDraft entering(Step next, Instant at) {
    phase = Phase.REBUILDING;
    step = Optional.of(next);
    stepSince = at;
    return this;
  }

  IncidentDraft committedTo(Survivor chosen, Instant at) {
    survivor = Optional.of(chosen);
    startedAt = Optional.of(at);
    return entering(Step.FENCE, at);
  }

  IncidentDraft withEvidence(LossEvidence next) {
    evidence = next;
    return this;
  }

  IncidentDraft planning(Optional<RecoveryPlan> next) {
    plan = next;
    return this;
  }

  IncidentDraft restoring(RestoreTry next) {
    restore = Optional.of(next);
    return this;
  }

  IncidentDraft withCopy(PreservedCopy made) {
    copy = Optional.of(made);
    return this;
  }

  IncidentDraft armed(Instant at) {
    armedAt = armedAt.or(() -> Optional.of(at));
    return this;
  }

  /** Written once: what is there already stays (S20). */
  IncidentDraft withDataLoss(DataLoss loss) {
    dataLoss = dataLoss.or(() -> Optional.of(loss));
    return this;
  }

  IncidentDraft completed(Instant at) {
    completedAt = Optional.of(at);
    return entering(Phase.COMPLETED, at);
  }

  IncidentDraft acknowledged(Instant at) {
    acknowledgedAt = acknowledgedAt.or(() -> Optional.of(at));
    return this;
  }

  Incident build() {
    return new Incident(
        id,
        phase,
        step,
        reason,
        message,
        detectedAt,
        startedAt,
        completedAt,
        evidence,
        survivor,
        copy,
        armedAt,
        dataLoss,
        acknowledgedAt,
        stepSince,
        plan,
        restore);
  }
}
