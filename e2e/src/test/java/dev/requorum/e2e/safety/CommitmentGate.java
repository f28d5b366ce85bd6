package dev.requorum.e2e.safety;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.e2e.world.Await;
import dev.requorum.ports.record.RecoveryRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Stops the operator when it has recorded a commitment to a rebuild, until a file is there. */
final class CommitmentGate implements TurnListener {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path file;

  CommitmentGate(Path file) {
    this.file = file;
  }

  @Override
  public void recorded(Observation observation, RecoveryRecord before, Decision decision) {
    if (decision.next().attempts() > before.attempts()) {
      Await.until(file + " is there", LIMIT, () -> Files.exists(file), () -> "it is not");
    }
  }
}
