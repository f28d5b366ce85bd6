package dev.requorum.jetcd;

import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One bound in time over one or more calls, counted from its making. */
record Limit(Duration total, Deadline deadline) {

  /** gRPC ends each call at its deadline; this much later nobody waits for gRPC any more. */
  private static final long SLACK_MILLIS = 500;

  static Limit of(Duration total) {
    return new Limit(total, Deadline.after(total.toNanos(), TimeUnit.NANOSECONDS));
  }

  /**
   * Waits until the future is done in whatever way, or the limit has passed, or the thread is
   * interrupted (which it stays). What came of it, the future tells.
   */
  void await(CompletableFuture<?> future) {
    try {
      long millis = deadline.timeRemaining(TimeUnit.MILLISECONDS) + SLACK_MILLIS;
      future.get(Math.max(0, millis), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return;
    }
  }

  /** The sentence for its having passed. */
  String passed() {
    return "no answer within " + total.toMillis() + " ms";
  }
}
