package dev.requorum.e2e.safety;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.time.Instant;
import java.util.Optional;

/** An incident of which something is said that is not so. */
final class RewrittenIncident {

  private final Incident from;
  private Phase phase;
  private Optional<Step> step;
  private Reason reason;
  private Optional<Instant> startedAt;
  private Optional<Survivor> survivor;
  private Optional<DataLoss> dataLoss;
  private Instant stepSince;
  private Optional<RecoveryPlan> plan;

  RewrittenIncident(Incident from) {
    this.from = from;
    phase = from.phase();
    step = from.step();
    reason = from.reason();
    startedAt = from.startedAt();
    survivor = from.survivor();
    dataLoss = from.dataLoss();
    stepSince = from.stepSince();
    plan = from.plan();
  }

  RewrittenIncident startedAt(Instant at) {
    startedAt = Optional.of(at);
    return this;
  }

  RewrittenIncident planned(RecoveryPlan next) {
    plan = Optional.of(next);
    return this;
  }

  RewrittenIncident withoutLoss() {
    dataLoss = Optional.empty();
    return this;
  }

  RewrittenIncident committedTo(RecoveryPlan next) {
    phase = Phase.REBUILDING;
    step = Optional.of(Step.FENCE);
    reason = Reason.RECOVERY_STARTED;
    survivor = Optional.of(next.survivor());
    stepSince = from.evidence().lastLook();
    return startedAt(stepSince);
  }

  Incident build() {
    return new Incident(
        from.id(),
        phase,
        step,
        reason,
        from.message(),
        from.detectedAt(),
        startedAt,
        from.completedAt(),
        from.evidence(),
        survivor,
        from.copy(),
        from.armedAt(),
        dataLoss,
        from.acknowledgedAt(),
        stepSince,
        plan,
        from.restore());
  }
}
