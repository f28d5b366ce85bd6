package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.safety.Rule;
import dev.requorum.e2e.world.Await;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The freshest survivor: of five, 1, 2 and 4 are lost; 0 is behind, 3 has every write")
@OnAnySite(endsTheOperator = true)
class FreshestSurvivorTest {

  private static final int BEHIND = 0;
  private static final int FRESH = 3;
  private static final List<Integer> LOST = List.of(1, 2, 4);

  @Nested
  @DisplayName("with the rule")
  class With {

    @RegisterExtension static final Stage STAGE = Stage.named("freshest");

    @Test
    @DisplayName("3 is chosen, and every write that it had is on all members (S24)")
    @Tag("S24")
    void everyWriteIsKept() {
      TestCluster cluster = STAGE.healthyCluster("five", 5);
      String claim = cluster.claimUid(FRESH);
      Map<String, String> keys = leaveOneBehindAndLoseThree(STAGE, cluster);
      cluster.awaitPhase(Stage.LIMIT, "Completed");
      cluster.awaitHealthy(5, Stage.LIMIT);
      RecoveryAssertions.assertRecovered(cluster, FRESH, 5, keys, claim);
    }
  }

  @Nested
  @Tag(Rule.OFF)
  @DisplayName("without it, the lowest ordinal")
  class Without {

    @RegisterExtension static final Stage STAGE = Stage.without(Rule.FRESHEST_SURVIVOR, "lowest");

    @Test
    @DisplayName("0 is chosen, and the writes are gone though 3 had them")
    void theWritesAreGone() {
      TestCluster cluster = STAGE.healthyCluster("five", 5);
      String claim = cluster.claimUid(FRESH);
      leaveOneBehindAndLoseThree(STAGE, cluster);
      cluster.awaitPhase(Stage.LIMIT, "Completed");
      cluster.awaitHealthy(5, Stage.LIMIT);
      assertThat(cluster.recovery().survivor.name).isEqualTo(cluster.pod(BEHIND));
      assertThat(cluster.claimUid(FRESH)).as("where they are kept").isEqualTo(claim);
      for (int ordinal : TestCluster.ordinals(5)) {
        assertThat(cluster.count(ordinal, "six/")).isZero();
      }
    }
  }

  /**
   * Six writes that member 0, cut off from all others, has no part in; then three members lose
   * their volumes for good. Two answer the operator, and both are candidates.
   *
   * @return what was written
   */
  private static Map<String, String> leaveOneBehindAndLoseThree(Stage stage, TestCluster cluster) {
    List<Integer> others = List.of(1, 2, 3, 4);
    try (Partition cut = Partition.between(stage, cluster, List.of(BEHIND), others)) {
      Await.until(
          "the other four have a leader",
          Stage.LIMIT,
          () -> cluster.tryPut(FRESH, "without-0", "yes"),
          cluster::describe);
      Map<String, String> keys = Stage.writeSixKeys(cluster, FRESH);
      assertThat(cluster.count(BEHIND, "six/")).as("what member 0 has").isZero();
      loseThree(cluster);
      cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
      assertThat(cut).isNotNull();
      return keys;
    }
  }

  private static void loseThree(TestCluster cluster) {
    try (HeldDown held = HeldDown.of(cluster, LOST)) {
      assertThat(cluster.count(FRESH, "six/")).as("what member 3 has").isEqualTo(6);
      held.awaitRebuilding(Stage.LIMIT);
    }
    assertThat(cluster.recovery().evidence.missing)
        .extracting(member -> member.name)
        .containsExactlyInAnyOrder(cluster.pod(1), cluster.pod(2), cluster.pod(4));
  }
}
