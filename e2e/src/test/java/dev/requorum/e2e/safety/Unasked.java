package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.Optional;
import java.util.Set;

/**
 * Nobody is waited for: where a plan is held because a human has to approve it, or wants no
 * rebuild, it is recorded as committed to.
 */
final class Unasked {

  private static final Set<Reason> FOR_A_HUMAN =
      Set.of(Reason.AWAITING_APPROVAL, Reason.RECOVERY_OFF);

  private Unasked() {}

  static Ports around(Ports real) {
    return Deceived.by(
        real, new RewrittenRecords(real.records(), told -> told, Unasked::committed));
  }

  private static RecoveryRecord committed(RecoveryRecord next) {
    return next.incident()
        .filter(incident -> FOR_A_HUMAN.contains(incident.reason()))
        .flatMap(Incident::plan)
        .map(plan -> new RewrittenIncident(next.incident().orElseThrow()).committedTo(plan).build())
        .map(incident -> next.withOneMoreAttempt().withIncident(Optional.of(incident)))
        .orElse(next);
  }
}
