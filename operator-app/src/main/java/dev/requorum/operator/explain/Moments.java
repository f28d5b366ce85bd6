package dev.requorum.operator.explain;

import dev.requorum.operator.spec.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Times as a human wants them: when, in RFC 3339 and UTC, and how far from now. To the second.
 *
 * @param now when the explanation is given
 */
record Moments(Instant now) {

  /** Up to here seconds are easier to read than minutes. */
  private static final Duration IN_SECONDS = Duration.ofMinutes(10);

  /** {@code 2026-01-31T12:00:00Z (42 s ago)}, or {@code (in 42 s)}. */
  String when(Instant time) {
    Duration until = Duration.between(now, time);
    String distance = until.isNegative() ? length(until.negated()) + " ago" : "in " + length(until);
    return plain(time) + " (" + distance + ")";
  }

  /** {@code 2026-01-31T12:00:00Z}. */
  static String plain(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** {@code 42 s}, {@code 3h12m5s}. */
  static String length(Duration duration) {
    return duration.compareTo(IN_SECONDS) <= 0
        ? duration.toSeconds() + " s"
        : GoDuration.format(duration);
  }
}
