package dev.requorum.e2e.chaos;

import java.time.Duration;

/** What befalls the operator, and its line to the API server. */
final class OperatorFaults {

  /** More than both grace windows, and more than the operator takes for anything. */
  private static final Duration LEAP = Duration.ofSeconds(90);

  private OperatorFaults() {}

  /** Its process ends at once; another one is started when it is lifted. */
  static Lift kill(Arena arena) {
    arena.operator().holdDown();
    return arena.operator()::release;
  }

  /** Its clock is ahead, and goes right again when it is lifted: two leaps. */
  static Lift clockAhead(Arena arena) {
    return moveClock(arena, LEAP);
  }

  /** Its clock is behind, and goes right again when it is lifted: two leaps. */
  static Lift clockBehind(Arena arena) {
    return moveClock(arena, LEAP.negated());
  }

  private static Lift moveClock(Arena arena, Duration by) {
    arena.surroundings().clock().move(by);
    return () -> arena.surroundings().clock().move(Duration.ZERO);
  }

  /** Every other call that it makes to the API server fails until lifted. */
  static Lift errors(Arena arena) {
    return trouble(arena, ApiTrouble.Kind.ERRORS);
  }

  /** Every other change that it wants to make is in conflict with another one until lifted. */
  static Lift conflicts(Arena arena) {
    return trouble(arena, ApiTrouble.Kind.CONFLICTS);
  }

  private static Lift trouble(Arena arena, ApiTrouble.Kind kind) {
    arena.surroundings().trouble().set(kind);
    return () -> arena.surroundings().trouble().set(ApiTrouble.Kind.NONE);
  }

  /** It hears nothing more on its watches until lifted. */
  static Lift stallWatches(Arena arena) {
    arena.surroundings().proxy().stallWatches();
    return arena.surroundings().proxy()::resumeWatches;
  }
}
