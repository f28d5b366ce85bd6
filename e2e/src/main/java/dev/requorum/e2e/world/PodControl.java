package dev.requorum.e2e.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a running pod is told from outside, and how it waits for that. */
final class PodControl {
  private static final Duration FOREVER = Duration.ofDays(1);

  private final Signal signal = new Signal();
  private final BooleanSupplier held;
  private volatile Optional<Instant> stopBy = Optional.empty();

  PodControl(BooleanSupplier held) {
    this.held = held;
  }

  /**
   * The pod is to end: its process gets SIGTERM now and SIGKILL after that time. A later call can
   * only shorten it.
   */
  synchronized void stop(Duration grace) {
    Instant deadline = Instant.now().plus(grace);
    if (stopBy.isEmpty() || deadline.isBefore(stopBy.get())) {
      stopBy = Optional.of(deadline);
      signal.raise();
    }
  }

  boolean isStopping() {
    return stopBy.isPresent();
  }

  boolean isHeld() {
    return held.getAsBoolean();
  }

  /** Something that waiting threads look at has changed. */
  void lookAgain() {
    signal.raise();
  }

  void await(BooleanSupplier condition) {
    signal.await(condition, FOREVER);
  }

  boolean await(BooleanSupplier condition, Duration limit) {
    return signal.await(condition, limit);
  }

  /**
   * Ends the process in the way and the time that the stop asked for, or at once where there was
   * none.
   */
  void end(WorldProcess process) {
    if (stopBy.isPresent() && Instant.now().isBefore(stopBy.get())) {
      process.terminate();
      while (process.isAlive() && Instant.now().isBefore(stopBy.get())) {
        Instant deadline = stopBy.get();
        signal.await(
            () -> !process.isAlive() || stopBy.get().isBefore(deadline),
            Duration.between(Instant.now(), deadline));
      }
    }
    process.kill();
  }
}
