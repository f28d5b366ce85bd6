package dev.requorum.operator.explain;

import dev.requorum.core.recovery.AttemptLimits;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When the next rebuild may begin, as far as attempts are bounded. */
final class NextAttempt {

  private NextAttempt() {}

  /** Empty where none was ever begun. */
  static Optional<Instant> afterCoolDown(RecoveryRecord record, AttemptLimits limits) {
    return begun(record).stream()
        .reduce((earlier, later) -> later)
        .map(last -> last.plus(limits.coolDown()));
  }

  /** Empty where fewer than allowed count by now. */
  static Optional<Instant> afterWindow(RecoveryRecord record, AttemptLimits limits, Instant now) {
    List<Instant> counted =
        begun(record).stream()
            .filter(start -> Duration.between(start, now).compareTo(limits.window()) < 0)
            .toList();
    int tooMany = counted.size() - limits.maxAttempts();
    return tooMany < 0 ? Optional.empty() : Optional.of(counted.get(tooMany).plus(limits.window()));
  }

  private static List<Instant> begun(RecoveryRecord record) {
    return Stream.concat(record.history().stream(), record.incident().stream())
        .map(Incident::startedAt)
        .flatMap(Optional::stream)
        .sorted()
        .toList();
  }
}
