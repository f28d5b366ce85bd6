package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName(
    "An operator that is deleted in each phase, and in each step of the rebuild as it is seen")
@OnAnySite(endsTheOperator = true)
class OperatorReplacedTest {

  @RegisterExtension static final Stage STAGE = Stage.named("replaced");

  @Test
  @DisplayName("is followed by one that completes the recovery: one attempt, nothing lost (S06)")
  @Tag("S06")
  @Tag("S09")
  @Tag("S22")
  void isFollowed() {
    TestCluster cluster = STAGE.healthyCluster("replaced", 3);
    int survivor = 0;
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    Set<String> places = new LinkedHashSet<>();
    try (HeldDown held = HeldDown.of(cluster, List.of(1, 2))) {
      Await.until(
          "the recovery is completed",
          Stage.LIMIT.multipliedBy(2),
          () -> replaceIn(cluster, places).equals("Completed"),
          cluster::describe);
      held.awaitRebuilding(Stage.LIMIT);
    }
    cluster.awaitHealthy(3, Stage.LIMIT);
    assertThat(places).as("where it was deleted").contains("Detecting", "ScalingOut");
    assertThat(places).anyMatch(place -> place.startsWith("Rebuilding/"));
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    RecoveryAssertions.assertAnnounced(STAGE, cluster);
    assertThat(cluster.attempts()).isEqualTo(1);
  }

  /** Replaces the operator where the recovery is at a place that was not seen before; the phase. */
  private static String replaceIn(TestCluster cluster, Set<String> places) {
    var recovery = cluster.recovery();
    String phase = recovery.phase == null ? "" : recovery.phase;
    String place = recovery.step == null ? phase : phase + "/" + recovery.step;
    if (!phase.isEmpty() && !phase.equals("Completed") && places.add(place)) {
      STAGE.operator().replace();
    }
    return phase;
  }
}
