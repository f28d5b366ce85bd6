package dev.requorum.core.recovery;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a cluster may be rebuilt by itself.
 *
 * @param maxAttempts how many rebuilds may be begun within the window, 1 to {@value #MOST}
 * @param window how far back begun rebuilds count
 * @param coolDown how long after a rebuild was begun the next one may be, at the earliest
 */
public record AttemptLimits(int maxAttempts, Duration window, Duration coolDown) {

  /**
   * More are not remembered: see {@link dev.requorum.ports.record.RecoveryRecord#HISTORY_LIMIT}.
   */
  public static final int MOST = 10;

  public AttemptLimits {
    if (maxAttempts < 1 || maxAttempts > MOST) {
      throw new IllegalArgumentException(
          "maxAttempts must be from 1 to %d, not %d".formatted(MOST, maxAttempts));
    }
    positive(window, "window");
    positive(coolDown, "coolDown");
  }

  private static void positive(Duration duration, String name) {
    if (Objects.requireNonNull(duration, name).isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than zero, not " + duration);
    }
  }

  /** Three within an hour, a minute apart. */
  public static AttemptLimits defaults() {
    return new AttemptLimits(3, Duration.ofHours(1), Duration.ofMinutes(1));
  }
}
