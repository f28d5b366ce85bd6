package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Watches from outside when a cluster accepts writes again and when it has its voters again, as its
 * users would: it writes and it lists members, through the survivor.
 */
public final class Stopwatch {

  private static final Duration LIMIT = Duration.ofSeconds(180);

  private final TestCluster cluster;
  private final CompletableFuture<Instant> writesBack;
  private final CompletableFuture<Instant> allVoters;

  private Stopwatch(TestCluster cluster, int survivor, int size) {
    this.cluster = cluster;
    this.writesBack =
        CompletableFuture.supplyAsync(
            () -> when("writes again", () -> cluster.tryPut(survivor, "probe/write", "1")));
    this.allVoters =
        writesBack.thenApplyAsync(start -> when("all voters", () -> hasVoters(survivor, size)));
  }

  /** Starts at a moment at which there is no quorum. */
  public static Stopwatch start(TestCluster cluster, int survivor, int size) {
    return new Stopwatch(cluster, survivor, size);
  }

  /** When the first write after the loss was accepted. */
  public Instant writesBack() {
    return get(writesBack);
  }

  /** When the cluster first had all its voters again. */
  public Instant allVoters() {
    return get(allVoters);
  }

  /** When the grace window of this loss ended, by the operator's record of when it began. */
  public Instant windowEnd(Duration gracePeriod) {
    return Instant.parse(cluster.recovery().detectedAt).plus(gracePeriod);
  }

  private boolean hasVoters(int survivor, int size) {
    try {
      return cluster.voters(survivor).size() == size;
    } catch (RuntimeException notNow) {
      return false;
    }
  }

  private Instant when(String what, BooleanSupplier condition) {
    Await.until(what, LIMIT, condition, cluster::describe);
    return Instant.now();
  }

  private static Instant get(CompletableFuture<Instant> moment) {
    try {
      return moment.get(LIMIT.toSeconds() * 2, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the moment did not come", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
