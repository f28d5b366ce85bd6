package dev.requorum.ports.etcd;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition, with a bound. */
public final class Eventually {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Eventually() {}

  /**
   * Looks again and again until what is seen is as wanted, and returns it.
   *
   * @throws AssertionError where it is not within the limit, with what was seen last
   */
  public static <T> T eventually(
      String claim, Duration limit, Supplier<T> look, Predicate<? super T> wanted) {
    long end = System.nanoTime() + limit.toNanos();
    T seen = look.get();
    while (!wanted.test(seen)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(claim + ": not within " + limit + ", last seen: " + seen);
      }
      LockSupport.parkNanos(POLL_NANOS);
      seen = look.get();
    }
    return seen;
  }
}
