package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("An operator that was not there when the quorum was lost")
@OnAnySite(endsTheOperator = true)
class OperatorAbsentTest {

  @RegisterExtension static final Stage STAGE = Stage.named("absent");

  @Test
  @DisplayName("recovers the cluster once it is started (S01, S06)")
  @Tag("S01")
  @Tag("S06")
  void recoversOnceStarted() {
    TestCluster cluster = STAGE.healthyCluster("alone", 3);
    int survivor = 1;
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    STAGE.operator().kill();
    try (HeldDown held = HeldDown.of(cluster, List.of(0, 2))) {
      Await.until(
          "no write is accepted any more",
          Stage.LIMIT,
          () -> !cluster.tryPut(survivor, "probe/quorum", "lost"),
          cluster::describe);
      assertThat(STAGE.operator().isAlive()).isFalse();
      assertThat(cluster.phase()).isEmpty();
      STAGE.operator().start();
      held.awaitRebuilding(Stage.LIMIT);
    }
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    RecoveryAssertions.assertAnnounced(STAGE, cluster);
    assertThat(cluster.attempts()).isEqualTo(1);
  }
}
