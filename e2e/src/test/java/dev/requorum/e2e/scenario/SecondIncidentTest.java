package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A second incident")
@OnAnySite
class SecondIncidentTest {

  @RegisterExtension static final Stage STAGE = Stage.named("second");

  @Test
  @DisplayName(
      "goes on counting; each loss stays an audit mark until it is acknowledged (S21, S22)")
  @Tag("S20")
  @Tag("S21")
  @Tag("S22")
  void goesOnCounting() {
    TestCluster cluster = STAGE.healthyCluster("twice", 3);
    String first = lose(cluster, 1);
    cluster.acknowledge(first);
    STAGE.awaitCondition(cluster, "DataLossPossible", "False");
    assertThat(cluster.recovery().acknowledgedAt).isNotBlank();
    assertThat(cluster.attempts()).isEqualTo(1);

    String second = lose(cluster, 0);
    assertThat(second).isNotEqualTo(first);
    assertThat(cluster.attempts()).isEqualTo(2);
    assertThat(cluster.recovery().history).singleElement().returns(first, old -> old.id);
    assertThat(cluster.condition("DataLossPossible")).isEqualTo("True");
    cluster.acknowledge(first);
    assertThat(cluster.recovery().acknowledgedAt).isNull();
    cluster.acknowledge(second);
    STAGE.awaitCondition(cluster, "DataLossPossible", "False");
  }

  private static String lose(TestCluster cluster, int survivor) {
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    int attempts = cluster.attempts();
    List<Integer> lost =
        TestCluster.ordinals(3).stream().filter(ordinal -> ordinal != survivor).toList();
    try (HeldDown held = HeldDown.of(cluster, lost)) {
      held.awaitRebuilding(Stage.LIMIT);
    }
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    assertThat(cluster.attempts()).isEqualTo(attempts + 1);
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    return cluster.recovery().id;
  }
}
