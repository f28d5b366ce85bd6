package dev.requorum.core.recovery;

import java.time.Duration;

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
    RecoveryPolicy.positive(window, "window");
    RecoveryPolicy.positive(coolDown, "coolDown");
  }

  /** Three within an hour, a minute apart. */
  public static AttemptLimits defaults() {
    return new AttemptLimits(3, Duration.ofHours(1), Duration.ofMinutes(1));
  }
}
