package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Clients, one for each member, that write one key after another and note what they were promised.
 * A client that gets no answer in time goes on with its next key.
 */
final class Writers implements AutoCloseable {

  /** Of all their keys. */
  static final String PREFIX = "chaos/";

  private static final Duration BETWEEN_WRITES = Duration.ofMillis(60);
  private static final Duration LINGER_LIMIT = Duration.ofSeconds(30);

  private final World world;
  private final TestCluster cluster;
  private final ScheduledExecutorService hands;
  private final List<Attempt> attempts = new ArrayList<>();
  private Optional<Instant> lastAccepted = Optional.empty();

  private Writers(World world, TestCluster cluster, int size) {
    this.world = world;
    this.cluster = cluster;
    this.hands = Executors.newScheduledThreadPool(size);
  }

  /** They write from now on until they are closed. */
  static Writers start(World world, TestCluster cluster, int size) {
    Writers writers = new Writers(world, cluster, size);
    for (int ordinal : TestCluster.ordinals(size)) {
      Client client = writers.new Client(ordinal);
      writers.hands.scheduleWithFixedDelay(
          client::write, 0, BETWEEN_WRITES.toMillis(), TimeUnit.MILLISECONDS);
    }
    return writers;
  }

  private final class Client {
    private final int ordinal;
    private int number;

    private Client(int ordinal) {
      this.ordinal = ordinal;
    }

    private void write() {
      String key = "%s%d/%d".formatted(PREFIX, ordinal, ++number);
      Instant begun = Instant.now();
      note(new Attempt(key, begun, gateway().flatMap(member -> member.put(key, key))));
    }

    private Optional<Gateway> gateway() {
      try {
        return Optional.of(
            new Gateway(world.pod(cluster.namespace(), cluster.pod(ordinal)).address()));
      } catch (WorldException noPod) {
        return Optional.empty();
      }
    }
  }

  private synchronized void note(Attempt attempt) {
    attempts.add(attempt);
    if (attempt.accepted().isPresent()) {
      lastAccepted = Optional.of(Instant.now());
    }
  }

  /** All up to now, each as it came out. */
  synchronized List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  synchronized long accepted() {
    return attempts.stream().filter(attempt -> attempt.accepted().isPresent()).count();
  }

  /** When a write was last acknowledged: then, at the latest, there was a quorum. */
  synchronized Optional<Instant> lastAccepted() {
    return lastAccepted;
  }

  private synchronized int tried() {
    return attempts.size();
  }

  /**
   * Returns when the time is over and so many more writes were tried, whether or not they were
   * acknowledged.
   */
  void awaitTries(int more, Duration time) {
    int wanted = tried() + more;
    Instant end = Instant.now().plus(time);
    Await.until(
        "%d more writes are tried within %s".formatted(more, time),
        time.plus(LINGER_LIMIT),
        () -> tried() >= wanted && Instant.now().isAfter(end),
        () -> "%d of %d".formatted(tried(), wanted));
  }

  /** They stop; what is under way is waited for. */
  @Override
  public void close() {
    hands.shutdown();
    try {
      if (!hands.awaitTermination(LINGER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the clients did not end within " + LINGER_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the clients end", e);
    }
  }
}
