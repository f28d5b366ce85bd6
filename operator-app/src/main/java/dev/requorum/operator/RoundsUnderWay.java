package dev.requorum.operator;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which rounds are under way, so that a stop can tell when the last one has ended. Safe for use by
 * many threads.
 */
final class RoundsUnderWay {

  /**
   * Of a stop: together with what ends the threads (2 s) and the etcd channels (5 s) it is not more
   * than the Deployment's terminationGracePeriodSeconds.
   */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

  private static final Logger LOG = LoggerFactory.getLogger(RoundsUnderWay.class);

  private int underWay;
  private boolean letIn = true;

  /**
   * Carries a round out.
   *
   * @return what it returned; empty where it was not begun, as none is let in any more
   */
  <T> Optional<T> run(Supplier<T> round) {
    if (!begin()) {
      return Optional.empty();
    }
    try {
      return Optional.of(round.get());
    } finally {
      end();
    }
  }

  /** Lets none in, and waits for those that are under way for at most 8 s. */
  void stop() {
    letNoneIn();
    int left = awaitEnd(STOP_LIMIT);
    if (left > 0) {
      LOG.warn("{} rounds are still under way after {} s", left, STOP_LIMIT.toSeconds());
    }
  }

  /** From here on no round begins. */
  synchronized void letNoneIn() {
    letIn = false;
  }

  /**
   * Waits until none is under way.
   *
   * @return how many still are, at the limit or where the thread was interrupted, which stays so
   */
  synchronized int awaitEnd(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      for (long left = limit.toNanos(); underWay > 0 && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return underWay;
  }

  /** No round is under way, and none will be. */
  synchronized boolean areOver() {
    return !letIn && underWay == 0;
  }

  private synchronized boolean begin() {
    if (letIn) {
      underWay++;
    }
    return letIn;
  }

  private synchronized void end() {
    underWay--;
    notifyAll();
  }
}
