package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import java.util.List;

/**
 * Two members of three, which alone have the last acknowledged writes, do not run, and could come
 * back with them: the third, which answers, was cut off from them meanwhile.
 */
final class DownForAWhile {

  static final int BEHIND = 1;
  static final List<Integer> DOWN = List.of(0, 2);

  private static final int WRITES = 6;

  private final Stage stage;
  private final TestCluster cluster;
  private final AcknowledgedWrites writes;

  private DownForAWhile(Stage stage, TestCluster cluster) {
    this.stage = stage;
    this.cluster = cluster;
    this.writes = new AcknowledgedWrites(cluster, DOWN.get(0));
  }

  /** They are down now. */
  static DownForAWhile begin(Stage stage, TestCluster cluster) {
    DownForAWhile down = new DownForAWhile(stage, cluster);
    try (Partition cut = Partition.between(stage, cluster, List.of(BEHIND), DOWN)) {
      Await.until(
          "%d writes are acknowledged without member %d".formatted(WRITES, BEHIND),
          Stage.LIMIT,
          () -> down.writes.write() && down.writes.keys().size() >= WRITES,
          cluster::describe);
      DOWN.forEach(ordinal -> stage.site().holdDown(stage.namespace(), cluster.pod(ordinal)));
      assertThat(down.writes.keptBy(BEHIND)).as("what member %d has", BEHIND).isEmpty();
      assertThat(cut).isNotNull();
    }
    return down;
  }

  /** They run again. */
  void end() {
    DOWN.forEach(ordinal -> stage.site().release(stage.namespace(), cluster.pod(ordinal)));
  }

  /** They run again, and their quorum is back with all that it acknowledged. */
  void endWithNothingLost() {
    end();
    cluster.awaitHealthy(3, Stage.LIMIT);
    stage.awaitEvents(cluster, "Healed");
    for (int ordinal : TestCluster.ordinals(3)) {
      assertThat(writes.keptBy(ordinal)).isEqualTo(writes.keys());
    }
  }

  /** A rebuild without them is begun; they come back, and no member has any of the writes. */
  void endWithTheWritesGone() {
    cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
    end();
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    for (int ordinal : TestCluster.ordinals(3)) {
      assertThat(writes.keptBy(ordinal)).isEmpty();
    }
  }
}
