package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.fabric8.status.RecoveryStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A majority whose volumes are gone")
@OnAnySite
class VolumesGoneTest {

  @RegisterExtension static final Stage STAGE = Stage.named("volumes-gone");

  @ParameterizedTest(name = "is recovered from survivor {0}, whichever it is (S24)")
  @ValueSource(ints = {0, 1, 2})
  @Tag("S24")
  @Tag("S01")
  @Tag("S07")
  @Tag("S08")
  @Tag("S09")
  @Tag("S12")
  @Tag("S16")
  @Tag("S18")
  @Tag("S20")
  @Tag("S21")
  @Tag("S22")
  void isRecoveredFromAnySurvivor(int survivor) {
    TestCluster cluster = STAGE.healthyCluster("survivor-" + survivor, 3);
    recover(cluster, survivor, 3);
    RecoveryStatus recovery = cluster.recovery();
    assertThat(recovery.survivor.name).isEqualTo(cluster.pod(survivor));
    assertThat(recovery.detectedAt).isLessThan(recovery.startedAt);
    assertThat(recovery.startedAt).isLessThan(recovery.completedAt);
    assertThat(cluster.condition("Recovering")).isEqualTo("False");
    assertThat(cluster.condition("DataLossPossible")).isEqualTo("True");
    RecoveryAssertions.assertAnnounced(STAGE, cluster);
    cluster.delete();
  }

  @Test
  @DisplayName("is recovered where three of five are lost, with etcd 3.5.21 (S24)")
  @Tag("S24")
  void threeOfFive() {
    TestCluster cluster = STAGE.healthyCluster("five", 5, "3.5.21");
    recover(cluster, 3, 5);
    cluster.delete();
  }

  private static void recover(TestCluster cluster, int survivor, int size) {
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    List<String> claims =
        TestCluster.ordinals(size).stream().map(ordinal -> cluster.claimUid(ordinal)).toList();
    List<Integer> lost =
        TestCluster.ordinals(size).stream()
            .filter(ordinal -> ordinal != survivor)
            .limit(size / 2 + 1)
            .toList();
    try (HeldDown held = HeldDown.of(cluster, lost)) {
      held.awaitRebuilding(Stage.LIMIT);
      STAGE.awaitCondition(cluster, "Recovering", "True");
    }
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(size, Stage.LIMIT);
    int chosen = cluster.recovery().survivor.ordinal;
    assertThat(lost).doesNotContain(chosen);
    RecoveryAssertions.assertRecovered(cluster, chosen, size, keys, claims.get(chosen));
  }
}
