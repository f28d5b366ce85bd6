package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.growth.Evidence;
import dev.requorum.core.growth.Growth;
import dev.requorum.core.growth.GrowthStep;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;

/**
 * What is decided about a cluster at one look: its membership while it is healthy, and the recovery
 * otherwise. A pure function; one instance serves any number of clusters and threads.
 */
public final class SteadyReconcile {

  private final SurvivorHealth health;

  /**
   * @param health when a rebuilt survivor is good enough (S17)
   */
  public SteadyReconcile(SurvivorHealth health) {
    this.health = health;
  }

  /** The verdict on a look, given what is recorded. */
  public Assessment assess(Observation seen, RecoveryRecord record) {
    return QuorumAssessor.assess(seen, record.lastKnown());
  }

  /** The decision on a look. A cluster whose health check fails goes through the gate (S11). */
  public Decision decide(
      Observation seen, Assessment assessment, RecoveryRecord record, RecoveryPolicy policy) {
    RecoveryRecord acknowledged =
        Incidents.acknowledge(record, seen.goal().acknowledgedIncident(), seen.at());
    boolean healthy = assessment.verdict() == Verdict.QUORATE && acknowledged.ongoing().isEmpty();
    return healthy
        ? steady(seen, assessment, acknowledged, policy)
        : new PhaseMachine(seen, assessment, acknowledged, policy, health).decide();
  }

  private static Decision steady(
      Observation seen, Assessment assessment, RecoveryRecord record, RecoveryPolicy policy) {
    LastKnown known =
        LastKnownUpdate.after(seen, assessment, record.lastKnown(), policy.lastKnownInterval());
    GrowthStep step = Growth.next(seen, assessment, known, Evidence.of(record));
    return new Decisions(seen.at(), record, policy)
        .decision(
            record.withLastKnown(known),
            step.action(),
            step.reason(),
            step.message(),
            false,
            recheckAfter(step, policy));
  }

  private static Duration recheckAfter(GrowthStep step, RecoveryPolicy policy) {
    if (!(step.action() instanceof Action.None)) {
      return Decisions.AT_ONCE;
    }
    return step.reason() == Reason.AS_DESIRED ? policy.calmInterval() : policy.incidentInterval();
  }
}
