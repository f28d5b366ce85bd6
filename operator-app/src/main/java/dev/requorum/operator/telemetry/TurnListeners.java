package dev.requorum.operator.telemetry;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.List;

/** Several listeners, called in their order. */
public record TurnListeners(List<TurnListener> listeners) implements TurnListener {

  public TurnListeners {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void decided(Observation observation, RecoveryRecord before, Decision decision) {
    listeners.forEach(listener -> listener.decided(observation, before, decision));
  }

  @Override
  public void recorded(Observation observation, RecoveryRecord before, Decision decision) {
    listeners.forEach(listener -> listener.recorded(observation, before, decision));
  }

  @Override
  public void acted(Observation observation, RecoveryRecord before, Decision decision) {
    listeners.forEach(listener -> listener.acted(observation, before, decision));
  }
}
