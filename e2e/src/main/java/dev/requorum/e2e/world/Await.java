package dev.requorum.e2e.world;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits that end: a condition is looked at again and again until it holds, or the limit is over and
 * the failure shows the state as it was then.
 */
public final class Await {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what the condition in words, as in "three members are ready"
   * @param state shows what there is instead; asked once, when the limit is over
   * @throws AssertionError when the limit is over
   */
  public static void until(
      String what, Duration limit, BooleanSupplier condition, Supplier<?> state) {
    untilPresent(
        what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(), state);
  }

  /**
   * Returns the value as soon as there is one.
   *
   * @param what what is waited for, as in "an address"
   * @param state shows what there is instead; asked once, when the limit is over
   * @throws AssertionError when the limit is over
   */
  public static <T> T untilPresent(
      String what, Duration limit, Supplier<Optional<T>> value, Supplier<?> state) {
    long start = System.nanoTime();
    while (true) {
      Optional<T> found = value.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new AssertionError(
            "not within %s ms: %s. Instead: %s".formatted(limit.toMillis(), what, state.get()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorldException("interrupted while waiting", e);
    }
  }
}
