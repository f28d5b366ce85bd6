package dev.requorum.operator.spec;

import dev.requorum.core.recovery.AttemptLimits;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.operator.api.RecoverySpec;
import dev.requorum.ports.RecoveryWish.Mode;
import dev.requorum.ports.record.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code spec.recovery}, as {@link RecoveryAsked} says. */
final class RecoverySpecReader {

  private record Span(Duration shortest, Duration longest) {}

  private static final Span GRACE =
      new Span(RecoverySpec.SHORTEST_GRACE, RecoverySpec.LONGEST_GRACE);
  private static final Span ATTEMPTS =
      new Span(RecoverySpec.SHORTEST_ATTEMPT_WINDOW, RecoverySpec.LONGEST_ATTEMPT_WINDOW);
  private static final Span COOL_DOWN =
      new Span(RecoverySpec.SHORTEST_COOL_DOWN, RecoverySpec.LONGEST_COOL_DOWN);

  private final RecoverySpec given;
  private final RecoveryPolicy defaults;
  private final List<String> refusals = new ArrayList<>();

  private RecoverySpecReader(RecoverySpec given, RecoveryPolicy defaults) {
    this.given = given;
    this.defaults = defaults;
  }

  /**
   * @param given null where nothing is asked for
   * @param defaults what holds where nothing is said
   */
  static RecoveryAsked read(RecoverySpec given, RecoveryPolicy defaults) {
    return new RecoverySpecReader(given == null ? new RecoverySpec() : given, defaults).read();
  }

  private RecoveryAsked read() {
    Duration grace = duration("gracePeriod", given.gracePeriod, GRACE, defaults.gracePeriod());
    AttemptLimits limits = defaults.attempts();
    AttemptLimits attempts =
        new AttemptLimits(
            (int)
                number("maxAttempts", given.maxAttempts, AttemptLimits.MOST, limits.maxAttempts()),
            duration("attemptWindow", given.attemptWindow, ATTEMPTS, limits.window()),
            duration("coolDown", given.coolDown, COOL_DOWN, limits.coolDown()));
    RecoveryPolicy policy =
        defaults
            .withWindows(grace, downGrace(grace))
            .withLimits(
                attempts,
                number(
                    "revisionBump",
                    given.revisionBump,
                    RecoverySpec.LARGEST_BUMP,
                    defaults.revisionBump()));
    Mode mode = mode();
    Optional<Strategy> strategy = strategy();
    return new RecoveryAsked(policy, mode, strategy, refusals.stream().findFirst());
  }

  /** The default stretches with the shorter window; what was asked for on purpose does not. */
  private Duration downGrace(Duration grace) {
    Duration asked =
        duration("downGracePeriod", given.downGracePeriod, GRACE, defaults.downGracePeriod());
    if (asked.compareTo(grace) >= 0) {
      return asked;
    }
    if (!asked.equals(defaults.downGracePeriod())) {
      refusals.add(
          "spec.recovery.downGracePeriod must not be shorter than spec.recovery.gracePeriod: %s < %s"
              .formatted(GoDuration.format(asked), GoDuration.format(grace)));
    }
    return grace;
  }

  private Duration duration(String field, String text, Span span, Duration otherwise) {
    if (text == null) {
      return otherwise;
    }
    Optional<Duration> asked = GoDuration.parse(text);
    if (asked.isEmpty()) {
      refusals.add(
          "spec.recovery.%s must be a duration such as 90s or 1h30m, not \"%s\""
              .formatted(field, text));
      return otherwise;
    }
    Duration nearest = nearest(asked.get(), span.shortest(), span.longest());
    if (!nearest.equals(asked.get())) {
      refusals.add(
          "spec.recovery.%s must be from %s to %s, not %s"
              .formatted(
                  field,
                  GoDuration.format(span.shortest()),
                  GoDuration.format(span.longest()),
                  text));
    }
    return nearest;
  }

  private long number(String field, Number asked, long most, long otherwise) {
    if (asked == null) {
      return otherwise;
    }
    long nearest = nearest(asked.longValue(), 1L, most);
    if (nearest != asked.longValue()) {
      refusals.add("spec.recovery.%s must be from 1 to %d, not %s".formatted(field, most, asked));
    }
    return nearest;
  }

  private static <T extends Comparable<T>> T nearest(T asked, T least, T most) {
    if (asked.compareTo(least) < 0) {
      return least;
    }
    return asked.compareTo(most) > 0 ? most : asked;
  }

  private Mode mode() {
    if (given.mode == null) {
      return Mode.AUTOMATIC;
    }
    try {
      return Mode.ofWord(given.mode);
    } catch (IllegalArgumentException e) {
      refusals.add(
          "spec.recovery.mode must be Automatic, Approve or Never, not \"%s\""
              .formatted(given.mode));
      return Mode.APPROVE;
    }
  }

  private Optional<Strategy> strategy() {
    if (given.strategy == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Strategy.ofWord(given.strategy));
    } catch (IllegalArgumentException e) {
      refusals.add(
          "spec.recovery.strategy must be Restore or ForceNewCluster, not \"%s\""
              .formatted(given.strategy));
      return Optional.empty();
    }
  }
}
