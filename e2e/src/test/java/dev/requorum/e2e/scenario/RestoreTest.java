package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A lost majority, where nobody asks for a strategy,")
@OnAnySite
class RestoreTest {

  @RegisterExtension static final Stage STAGE = Stage.named("restore");

  @Test
  @DisplayName(
      "is restored beside the original, and lost and restored once more: another cluster id and directory each time (S23, S24)")
  @Tag("S23")
  @Tag("S24")
  @Tag("S18")
  @Tag("S20")
  @Tag("S22")
  void twice() {
    TestCluster cluster = STAGE.cluster("twice");
    cluster.startWith(
        ManifestText.with(Stage.manifest("twice", 3, Stage.VERSION), "coolDown: 1s"), 3);
    String first = loseVolumes(cluster, 1);
    String second = loseVolumes(cluster, 0);
    assertThat(second).isNotEqualTo(first);
    assertThat(cluster.attempts()).isEqualTo(2);
    cluster.delete();
  }

  @Test
  @DisplayName(
      "is restored though its volumes are there, once the longer window is over; they stay, with the lost members' data (S23, S24)")
  @Tag("S23")
  @Tag("S24")
  void volumesStay() {
    TestCluster cluster = STAGE.healthyCluster("stays", 3);
    int survivor = 1;
    List<Integer> lost = List.of(0, 2);
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    RestoreCheck check = RestoreCheck.before(cluster, 3, survivor, TestCluster.ordinals(3));
    STAGE.loseProcesses(cluster, lost, 3);
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    RecoveryAssertions.assertRestored(check);
    cluster.delete();
  }

  /** Loses all but the survivor, with their volumes; the directory that is used afterwards. */
  private static String loseVolumes(TestCluster cluster, int survivor) {
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    RestoreCheck check = RestoreCheck.before(cluster, 3, survivor, List.of(survivor));
    List<Integer> lost =
        TestCluster.ordinals(3).stream().filter(ordinal -> ordinal != survivor).toList();
    try (HeldDown held = HeldDown.of(cluster, lost)) {
      held.awaitRebuilding(Stage.LIMIT);
    }
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    RecoveryAssertions.assertRestored(check);
    RecoveryAssertions.assertAnnounced(STAGE, cluster);
    assertThat(cluster.condition("DataLossPossible")).isEqualTo("True");
    return cluster.recovery().lastKnown.directory;
  }
}
