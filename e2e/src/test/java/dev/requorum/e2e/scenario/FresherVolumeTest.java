package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnAnySite(endsTheOperator = true)
@DisplayName("The only member that answers is behind; the volumes with the later writes are there")
class FresherVolumeTest {

  @RegisterExtension static final Stage STAGE = Stage.named("fresher");

  private static final int BEHIND = 2;
  private static final List<Integer> DOWN = List.of(0, 1);

  @Test
  @DisplayName("it is said whose pod to bring back, and when it is back in time nothing is lost")
  void isWaitedFor() {
    TestCluster cluster = STAGE.cluster("fresher");
    cluster.startWith(
        ManifestText.cluster(
            "fresher", 3, Stage.VERSION, Stage.GRACE_PERIOD, Duration.ofMinutes(10)),
        3);
    Map<String, String> keys = loseThoseWithTheWrites(cluster);
    assertThat(cluster.recovery().message)
        .contains("fresher-0 (revision ")
        .contains("its volume is still there: make its pod run, and nothing of that is lost");
    assertThat(cluster.count(BEHIND, "six/")).as("what the member that answers has").isZero();
    DOWN.forEach(o -> STAGE.site().release(STAGE.namespace(), cluster.pod(o)));
    cluster.awaitHealthy(3, Stage.LIMIT);
    STAGE.awaitEvents(cluster, "Healed");
    assertThat(cluster.attempts()).isZero();
    assertThat(cluster.condition("DataLossPossible")).isEqualTo("False");
    for (int ordinal : TestCluster.ordinals(3)) {
      assertThat(cluster.count(ordinal, "six/")).isEqualTo(keys.size());
    }
  }

  /**
   * The operator sees how far they are, before they go down. What a process that was killed had
   * still to send arrives when a cut heals too early.
   */
  private static Map<String, String> loseThoseWithTheWrites(TestCluster cluster) {
    try (Partition cut = Partition.between(STAGE, cluster, List.of(BEHIND), DOWN)) {
      Await.until(
          "the other two have a leader",
          Stage.LIMIT,
          () -> cluster.tryPut(0, "without-2", "yes"),
          cluster::describe);
      Map<String, String> keys = Stage.writeSixKeys(cluster, 0);
      long written = cluster.memberStatus(0).revision();
      Stage.awaitSeen(cluster, 0, written);
      DOWN.forEach(o -> STAGE.site().holdDown(STAGE.namespace(), cluster.pod(o)));
      Await.until(
          "the loss is seen, and that a volume is fresher",
          Stage.LIMIT,
          () -> "FresherVolume".equals(cluster.recovery().reason),
          cluster::describe);
      assertThat(cut).isNotNull();
      return keys;
    }
  }
}
