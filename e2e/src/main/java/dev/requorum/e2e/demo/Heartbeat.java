package dev.requorum.e2e.demo;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says what is waited for whenever nothing else has been said for a while. */
final class Heartbeat implements AutoCloseable {

  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private volatile String what;

  private Heartbeat(String what) {
    this.what = what;
  }

  /** Beats until it is closed. */
  static Heartbeat start(Console console, String what) {
    Heartbeat heartbeat = new Heartbeat(what);
    heartbeat.clock.scheduleAtFixedRate(
        () -> console.waiting(heartbeat.what, SILENCE), 1, 1, TimeUnit.SECONDS);
    return heartbeat;
  }

  /** Names what is waited for from now on. */
  void waitFor(String next) {
    what = next;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
