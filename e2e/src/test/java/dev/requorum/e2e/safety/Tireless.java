package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Instant;

/** Every rebuild is the first: all earlier ones are said to have been begun long ago. */
final class Tireless {

  private Tireless() {}

  static Ports around(Ports real) {
    return Deceived.by(
        real, new RewrittenRecords(real.records(), Tireless::forgetful, kept -> kept));
  }

  private static RecoveryRecord forgetful(RecoveryRecord stored) {
    return stored
        .withHistory(stored.history().stream().map(Tireless::longAgo).toList())
        .withIncident(
            stored.incident().map(incident -> incident.ongoing() ? incident : longAgo(incident)));
  }

  private static Incident longAgo(Incident incident) {
    return incident.startedAt().isEmpty()
        ? incident
        : new RewrittenIncident(incident).startedAt(Instant.EPOCH).build();
  }
}
