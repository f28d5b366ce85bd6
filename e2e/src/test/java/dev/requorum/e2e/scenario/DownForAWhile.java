package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import java.util.List;

/**
 * Two members of three, which alone have the last acknowledged writes, do not run, and could come
 * back with them: the third, which answers, is cut off from them as long as they are down.
 */
final class DownForAWhile implements AutoCloseable {

  static final int BEHIND = 1;
  static final List<Integer> DOWN = List.of(0, 2);

  private static final int WRITES = 6;

  private final Stage stage;
  private final TestCluster cluster;
  private final AcknowledgedWrites writes;
  private final Partition cut;
  private boolean over;

  private DownForAWhile(Stage stage, TestCluster cluster) {
    this.stage = stage;
    this.cluster = cluster;
    this.writes = new AcknowledgedWrites(cluster, DOWN.get(0));
    this.cut = Partition.between(stage, cluster, List.of(BEHIND), DOWN);
  }

  /** They are down now. */
  static DownForAWhile begin(Stage stage, TestCluster cluster) {
    DownForAWhile down = new DownForAWhile(stage, cluster);
    try {
      down.write();
      DOWN.forEach(ordinal -> stage.site().holdDown(stage.namespace(), cluster.pod(ordinal)));
      return down;
    } catch (RuntimeException | AssertionError failure) {
      down.close();
      throw failure;
    }
  }

  private void write() {
    Await.until(
        "%d writes are acknowledged without member %d".formatted(WRITES, BEHIND),
        Stage.LIMIT,
        () -> writes.write() && writes.keys().size() >= WRITES,
        cluster::describe);
    assertThat(writes.keptBy(BEHIND)).as("what member %d has", BEHIND).isEmpty();
  }

  /** They run again, and their quorum is back with all that it acknowledged. */
  void endWithNothingLost() {
    close();
    cluster.awaitHealthy(3, Stage.LIMIT);
    stage.awaitEvents(cluster, "Healed");
    for (int ordinal : TestCluster.ordinals(3)) {
      Await.until(
          "member %d has all writes".formatted(ordinal),
          Stage.LIMIT,
          () -> writes.keptBy(ordinal).equals(writes.keys()),
          cluster::describe);
    }
  }

  /** They come back when the cluster was rebuilt without them, and no member has the writes. */
  void endWithTheWritesGone() {
    cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
    close();
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    for (int ordinal : TestCluster.ordinals(3)) {
      assertThat(writes.keptBy(ordinal)).as("what member %d has", ordinal).isEmpty();
    }
  }

  /** They run again. */
  @Override
  public void close() {
    if (!over) {
      over = true;
      cut.close();
      DOWN.forEach(ordinal -> stage.site().release(stage.namespace(), cluster.pod(ordinal)));
    }
  }
}
