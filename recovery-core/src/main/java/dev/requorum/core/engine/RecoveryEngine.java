package dev.requorum.core.engine;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.ClusterGoal;
import java.util.Optional;

/** Skeleton for the operator to compile against; filled in by the next commit. */
public final class RecoveryEngine {

  private final Ports ports;
  private final TurnListener listener;

  public RecoveryEngine(Ports ports, TurnListener listener) {
    this.ports = ports;
    this.listener = listener;
  }

  /** Empty where another process stored a record meanwhile: observe again. */
  public Optional<Turn> turn(ClusterGoal goal, RecoveryPolicy policy) {
    throw new IllegalStateException("not built yet: " + ports + listener + goal + policy);
  }
}
