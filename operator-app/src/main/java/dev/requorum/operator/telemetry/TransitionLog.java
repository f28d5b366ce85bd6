package dev.requorum.operator.telemetry;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs each transition of a recovery, and each act, with cluster, phase, reason and attempt as
 * fields (S10).
 */
public final class TransitionLog implements TurnListener {

  private static final Logger LOG = LoggerFactory.getLogger("dev.requorum.recovery");

  /** What makes two records differ in a way that is worth a line. */
  private record Stage(String incident, String phase, String step, String reason) {

    static Stage of(RecoveryRecord record) {
      return record
          .incident()
          .map(
              incident ->
                  new Stage(
                      incident.id(),
                      incident.phase().word(),
                      incident.step().map(step -> step.word()).orElse(""),
                      incident.reason().word()))
          .orElse(new Stage("", "", "", ""));
    }
  }

  @Override
  public void recorded(Observation observation, RecoveryRecord before, Decision decision) {
    Stage from = Stage.of(before);
    Stage to = Stage.of(decision.next());
    if (!from.equals(to)) {
      fields(LOG.atInfo(), observation, decision)
          .addKeyValue("phaseBefore", from.phase())
          .log("transition: {}", message(decision));
    }
  }

  @Override
  public void acted(Observation observation, RecoveryRecord before, Decision decision) {
    if (!(decision.action() instanceof Action.None)) {
      fields(LOG.atInfo(), observation, decision)
          .addKeyValue("action", decision.action().getClass().getSimpleName())
          .log("act: {}", decision.message());
    }
  }

  private static LoggingEventBuilder fields(
      LoggingEventBuilder line, Observation observation, Decision decision) {
    Optional<Incident> incident = decision.next().incident();
    Stage stage = Stage.of(decision.next());
    return line.addKeyValue("cluster", observation.goal().cluster().toString())
        .addKeyValue("phase", stage.phase())
        .addKeyValue("step", stage.step())
        .addKeyValue("reason", decision.reason().word())
        .addKeyValue("attempt", decision.next().attempts())
        .addKeyValue("incident", incident.map(Incident::id).orElse(""));
  }

  private static String message(Decision decision) {
    return decision.next().incident().map(Incident::message).orElse(decision.message());
  }
}
