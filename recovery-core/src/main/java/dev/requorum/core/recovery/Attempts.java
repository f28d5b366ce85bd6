package dev.requorum.core.recovery;

import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rebuilds that were begun for a cluster, as far as its record remembers them, and when the
 * next one may be.
 *
 * @param begun when each was begun, the earliest first
 */
public record Attempts(List<Instant> begun) {

  public Attempts {
    begun = begun.stream().sorted().toList();
  }

  public static Attempts of(RecoveryRecord record) {
    return new Attempts(
        record.incidents().map(Incident::startedAt).flatMap(Optional::stream).toList());
  }

  /** When one may be as far as their number is bounded; empty where fewer than allowed count. */
  public Optional<Instant> afterWindow(AttemptLimits limits, Instant at) {
    List<Instant> counted = counted(limits, at);
    int tooMany = counted.size() - limits.maxAttempts();
    return tooMany < 0 ? Optional.empty() : Optional.of(counted.get(tooMany).plus(limits.window()));
  }

  /** When one may be as far as the last one is to be long enough ago; empty where there is none. */
  public Optional<Instant> afterCoolDown(AttemptLimits limits) {
    return last().map(last -> last.plus(limits.coolDown()));
  }

  /** Those that count against the limit. */
  List<Instant> counted(AttemptLimits limits, Instant at) {
    return begun.stream().filter(start -> counts(limits.window(), start, at)).toList();
  }

  Optional<Instant> last() {
    return begun.stream().reduce((earlier, later) -> later);
  }

  /** True for what was begun less than so long ago. What a clock puts into the future counts. */
  static boolean counts(Duration window, Instant start, Instant at) {
    return Duration.between(start, at).compareTo(window) < 0;
  }
}
