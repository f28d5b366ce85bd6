package dev.requorum.e2e.world;

import java.time.Duration;

/**
 * How long a kubelet waits before it starts a container again: not at all the first time, then the
 * initial back-off, doubled each time up to the maximal one. A run of twice the maximal back-off
 * makes it forget.
 */
final class CrashLoopBackOff {
  private final Duration initial;
  private final Duration maximal;
  private Duration next = Duration.ZERO;

  CrashLoopBackOff(Duration initial, Duration maximal) {
    this.initial = initial;
    this.maximal = maximal;
  }

  /** The wait after a run of that length. */
  Duration after(Duration run) {
    if (run.compareTo(maximal.multipliedBy(2)) > 0) {
      next = Duration.ZERO;
    }
    Duration wait = next;
    Duration doubled = wait.isZero() ? initial : wait.multipliedBy(2);
    next = doubled.compareTo(maximal) > 0 ? maximal : doubled;
    return wait;
  }
}
