package dev.requorum.fabric8.controlplane;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, for a bounded time, and says on expiry what was missing. */
public final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /**
   * @param missing what is still missing; empty where the condition holds
   */
  public static void until(String what, Supplier<Optional<String>> missing) {
    long end = System.nanoTime() + LIMIT.toNanos();
    Optional<String> last = missing.get();
    while (last.isPresent()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%s: not within %d s; %s".formatted(what, LIMIT.toSeconds(), last.get()));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      last = missing.get();
    }
  }
}
