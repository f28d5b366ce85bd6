package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** What must hold after every recovery. */
final class RecoveryAssertions {

  private RecoveryAssertions() {}

  /** Every assertion of S24. */
  static void assertRecovered(
      TestCluster cluster, int survivor, int size, Map<String, String> keys, String claim) {
    RecoveryCheck check = new RecoveryCheck(cluster, survivor, size, keys, claim);
    assertThat(check.results()).as(cluster.describe()).allMatch(RecoveryCheck.Result::holds);
  }

  /** The Events of S09, written by the operator under its own rights. */
  static void assertAnnounced(Stage stage, TestCluster cluster) {
    assertThat(stage.eventReasons(cluster))
        .contains("RecoveryStarted", "RecoveryScalingOut", "PossibleDataLoss", "RecoveryCompleted");
  }
}
