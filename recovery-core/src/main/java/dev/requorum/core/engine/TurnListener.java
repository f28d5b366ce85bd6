package dev.requorum.core.engine;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.ports.record.RecoveryRecord;

/**
 * Watches the engine at work: for logs and metrics, and for tests that stop it in between. Called
 * by the thread of the turn; what it throws ends the turn where it is.
 */
public interface TurnListener {

  /** Decided; nothing was stored or done yet. */
  default void decided(Observation observation, RecoveryRecord before, Decision decision) {}

  /** {@code decision.next()} is stored, or was stored already; the action was not carried out. */
  default void recorded(Observation observation, RecoveryRecord before, Decision decision) {}

  /** The action was carried out, refused, or failed; nothing was announced yet. */
  default void acted(Observation observation, RecoveryRecord before, Decision decision) {}

  /** A listener that does nothing. */
  static TurnListener none() {
    return new TurnListener() {};
  }
}
