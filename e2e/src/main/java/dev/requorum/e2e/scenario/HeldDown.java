package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Members that are held down as in S24: their pods are deleted by force and their claims with them,
 * again and again, until the recovery has begun to rebuild. The survivors are never touched.
 */
public final class HeldDown implements AutoCloseable {

  private static final Set<String> BEGUN = Set.of("Rebuilding", "ScalingOut", "Completed");
  private static final long MILLIS_BETWEEN_ROUNDS = 400;

  private final TestCluster cluster;
  private final List<Integer> ordinals;
  private final int attemptsBefore;
  private final ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();

  private HeldDown(TestCluster cluster, List<Integer> ordinals) {
    this.cluster = cluster;
    this.ordinals = ordinals;
    this.attemptsBefore = cluster.attempts();
  }

  /** Takes the members down now and holds them down. */
  public static HeldDown of(TestCluster cluster, List<Integer> ordinals) {
    HeldDown held = new HeldDown(cluster, ordinals);
    held.deleteAll();
    held.hand.scheduleWithFixedDelay(
        held::round, MILLIS_BETWEEN_ROUNDS, MILLIS_BETWEEN_ROUNDS, TimeUnit.MILLISECONDS);
    return held;
  }

  private void round() {
    try {
      if (cluster.attempts() > attemptsBefore && BEGUN.contains(cluster.phase())) {
        begun.complete(null);
        hand.shutdown();
      } else {
        deleteAll();
      }
    } catch (RuntimeException e) {
      begun.completeExceptionally(e);
      hand.shutdown();
    }
  }

  private void deleteAll() {
    KubernetesClient client = cluster.client();
    for (int ordinal : ordinals) {
      client
          .persistentVolumeClaims()
          .inNamespace(cluster.namespace())
          .withName(cluster.claim(ordinal))
          .delete();
      client
          .pods()
          .inNamespace(cluster.namespace())
          .withName(cluster.pod(ordinal))
          .withGracePeriod(0)
          .delete();
    }
  }

  /** Waits until the recovery has begun to rebuild; nothing is deleted any more then. */
  public void awaitRebuilding(Duration limit) {
    try {
      begun.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no rebuild within %s: %s".formatted(limit, cluster.describe()), e);
    } catch (ExecutionException e) {
      throw new AssertionError("could not hold the members down", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    hand.shutdownNow();
  }
}
