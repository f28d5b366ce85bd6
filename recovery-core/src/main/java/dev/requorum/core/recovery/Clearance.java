package dev.requorum.core.recovery;

import dev.requorum.core.Observation;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.Optional;

/** Whether a plan that nothing stands in the way of may be begun now. */
final class Clearance {

  private Clearance() {}

  /**
   * What it lacks; empty where it may be begun. Nobody is asked to approve what would not be begun
   * then, and where recovery is switched off nothing else matters.
   */
  static Optional<Hold> missing(
      RecoveryPlan plan, Observation seen, RecoveryRecord record, RecoveryPolicy policy) {
    Consent consent = new Consent(seen.goal().recovery(), plan, record.lastKnown());
    return consent
        .refused()
        .or(() -> AttemptGate.closed(record, policy.attempts(), seen.at()))
        .or(consent::awaited);
  }
}
