package dev.requorum.e2e.world;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Tells waiting threads that something changed, so that they look at their condition again. */
final class Signal {
  /** Makes those who wait look again. What they look at must have been changed before. */
  synchronized void raise() {
    notifyAll();
  }

  /**
   * Returns whether the condition holds, as soon as it does or when the limit is over or the thread
   * is interrupted.
   */
  synchronized boolean await(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      long leftMillis = (end - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      try {
        wait(leftMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return condition.getAsBoolean();
      }
    }
    return true;
  }
}
