package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("A majority whose processes are dead while its volumes are there")
class ProcessesDeadTest {

  @Test
  @DisplayName("is recovered after the longer window; the former members' volumes are not reused")
  @Tag("S01")
  @Tag("S12")
  @Tag("S13")
  @Tag("S18")
  void isRecovered() {
    try (Stage stage = Stage.open("processes-dead")) {
      TestCluster cluster = stage.healthyCluster("dead", 3);
      int survivor = 2;
      Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
      String claim = cluster.claimUid(survivor);
      String formerClaim = cluster.claimUid(0);
      List.of(0, 1).forEach(o -> stage.site().holdDown(stage.namespace(), cluster.pod(o)));
      cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
      List.of(0, 1).forEach(o -> stage.site().release(stage.namespace(), cluster.pod(o)));
      cluster.awaitPhase(Stage.LIMIT, "Completed");
      cluster.awaitHealthy(3, Stage.LIMIT);
      RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
      assertThat(cluster.claimUid(0)).isNotEqualTo(formerClaim);
    }
  }
}
