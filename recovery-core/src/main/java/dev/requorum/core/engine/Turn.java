package dev.requorum.core.engine;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What one turn of the engine saw, decided and did.
 *
 * @param trouble a refusal or a failure of the act, in words; empty where it went well
 */
public record Turn(
    Observation observation,
    Assessment assessment,
    Decision decision,
    Optional<Trouble> trouble,
    Duration recheckAfter) {

  /**
   * Why an act did not come about.
   *
   * @param refused true where etcd or Kubernetes said no; false where the call failed
   */
  public record Trouble(boolean refused, String message) {}

  public Turn {
    Objects.requireNonNull(observation, "observation");
    Objects.requireNonNull(assessment, "assessment");
    Objects.requireNonNull(decision, "decision");
    Objects.requireNonNull(trouble, "trouble");
    Objects.requireNonNull(recheckAfter, "recheckAfter");
  }

  /** The record as it is stored now. */
  public RecoveryRecord record() {
    return decision.next();
  }
}
