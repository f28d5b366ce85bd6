package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks all member processes, and reads the status, all through a round, and notes what may never
 * be.
 *
 * <p>Of two processes under one pod's name it asks the one that was started last.
 */
final class Observer implements AutoCloseable {

  private static final long MILLIS_BETWEEN_LOOKS = 150;
  private static final long TO_END_SECONDS = 10;

  private final World world;
  private final TestCluster cluster;
  private final ScheduledExecutorService eyes;
  private final Lineage lineage = new Lineage();
  private final StatusHistory history = new StatusHistory();
  private final Set<String> violations = new ConcurrentSkipListSet<>();

  private Observer(World world, TestCluster cluster, int size) {
    this.world = world;
    this.cluster = cluster;
    this.eyes = Executors.newScheduledThreadPool(size + 1);
  }

  /** It looks from now on until it is closed. */
  static Observer start(World world, TestCluster cluster, int size) {
    Observer observer = new Observer(world, cluster, size);
    TestCluster.ordinals(size).forEach(o -> observer.repeat(() -> observer.ask(o)));
    observer.repeat(observer::readStatus);
    return observer;
  }

  /** A look that fails in a way that nobody thought of is a violation: none may be left out. */
  private void repeat(Runnable look) {
    eyes.scheduleWithFixedDelay(
        () -> {
          try {
            look.run();
          } catch (RuntimeException unexpected) {
            violations.add("the observer failed: " + unexpected);
          }
        },
        0,
        MILLIS_BETWEEN_LOOKS,
        TimeUnit.MILLISECONDS);
  }

  private void ask(int ordinal) {
    Instant asked = Instant.now();
    gateway(ordinal)
        .flatMap(Gateway::status)
        .flatMap(status -> lineage.take(cluster.pod(ordinal), status, asked, Instant.now()))
        .ifPresent(violations::add);
  }

  /** Of the member's pod, where there is one. */
  Optional<Gateway> gateway(int ordinal) {
    try {
      return Optional.of(
          new Gateway(world.pod(cluster.namespace(), cluster.pod(ordinal)).address()));
    } catch (WorldException noPod) {
      return Optional.empty();
    }
  }

  private void readStatus() {
    try {
      violations.addAll(history.take(cluster.recovery(), Instant.now()));
    } catch (KubernetesClientException busy) {
      // The next look is soon.
    }
  }

  StatusHistory history() {
    return history;
  }

  /** How many clusters have served, one after the other. */
  int clusters() {
    return lineage.clusters();
  }

  /** In sentences, up to now. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public void close() {
    eyes.shutdown();
    try {
      if (!eyes.awaitTermination(TO_END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the observer did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the observer ends", e);
    }
  }
}
