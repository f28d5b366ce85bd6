package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A cluster's size")
@OnAnySite
class GrowthTest {

  @RegisterExtension static final Stage STAGE = Stage.named("growth");

  @Test
  @DisplayName("goes from 1 to 3 and back to 1, and the data stays (O03)")
  @Tag("O03")
  void growsAndShrinks() {
    TestCluster cluster = STAGE.healthyCluster("grows", 1);
    cluster.put(0, "before/growth", "kept");
    cluster.apply(Stage.manifest("grows", 3, Stage.VERSION));
    cluster.awaitHealthy(3, Stage.LIMIT);
    assertThat(cluster.voters(2)).hasSize(3);
    assertThat(cluster.get(2, "before/growth")).contains("kept");
    cluster.apply(Stage.manifest("grows", 1, Stage.VERSION));
    cluster.awaitHealthy(1, Stage.LIMIT);
    assertThat(cluster.voters(0)).containsExactly(cluster.pod(0));
    assertThat(cluster.get(0, "before/growth")).contains("kept");
  }
}
