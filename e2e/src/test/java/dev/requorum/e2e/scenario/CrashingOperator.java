package dev.requorum.e2e.scenario;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.operator.OperatorMain;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The operator as it is shipped, which dies (as of SIGKILL) at each point of a recovery at which it
 * has not died before: after it recorded a decision, and after it acted upon one. The points are
 * kept in a file.
 */
public final class CrashingOperator implements TurnListener {

  static final String POINTS = "CRASH_POINTS";
  private static final int KILLED = 137;

  private final Path points;

  private CrashingOperator(Path points) {
    this.points = points;
  }

  /** Runs the operator. */
  public static void main(String[] args) throws InterruptedException {
    Path points = Path.of(System.getenv(POINTS));
    if (!OperatorMain.run(
        System.getenv(), new CrashingOperator(points), UnaryOperator.identity())) {
      System.exit(1);
    }
  }

  @Override
  public void recorded(Observation observation, RecoveryRecord before, Decision decision) {
    reach("recorded", before, decision);
  }

  @Override
  public void acted(Observation observation, RecoveryRecord before, Decision decision) {
    if (!(decision.action() instanceof Action.None)) {
      reach("acted", before, decision);
    }
  }

  private void reach(String callback, RecoveryRecord before, Decision decision) {
    Optional<Incident> incident = decision.next().incident();
    boolean recovering = before.ongoing().isPresent() || decision.next().ongoing().isPresent();
    if (!recovering || incident.isEmpty()) {
      return;
    }
    String place = incident.get().step().map(step -> "/" + step.word()).orElse("");
    String action = decision.action().getClass().getSimpleName();
    String point = "%s%s %s %s".formatted(incident.get().phase().word(), place, action, callback);
    try {
      if (Files.notExists(points) || !Files.readAllLines(points).contains(point)) {
        Files.writeString(
            points, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Runtime.getRuntime().halt(KILLED);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
