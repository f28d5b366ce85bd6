package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

/** What must hold after every recovery. */
final class RecoveryAssertions {

  private static final Set<String> WARNINGS = Set.of("RecoveryStarted", "PossibleDataLoss");

  private RecoveryAssertions() {}

  /** Every assertion of S24. */
  static void assertRecovered(
      TestCluster cluster, int survivor, int size, Map<String, String> keys, String claim) {
    RecoveryCheck check = new RecoveryCheck(cluster, survivor, size, keys, claim);
    assertThat(check.results()).as(cluster.describe()).allMatch(RecoveryCheck.Result::holds);
  }

  /** Every assertion about a restore beside the original. */
  static void assertRestored(RestoreCheck check) {
    assertThat(check.cluster().recovery().plan.strategy).isEqualTo("Restore");
    assertThat(check.results())
        .as(check.cluster().describe())
        .allMatch(RecoveryCheck.Result::holds);
  }

  /**
   * The Events of S09, written by the operator under its own rights; those that warn are Warnings.
   */
  static void assertAnnounced(Stage stage, TestCluster cluster) {
    stage.awaitEvents(
        cluster, "RecoveryStarted", "RecoveryScalingOut", "PossibleDataLoss", "RecoveryCompleted");
    assertThat(cluster.events())
        .filteredOn(event -> WARNINGS.contains(event.getReason()))
        .allMatch(event -> event.getType().equals("Warning"));
    assertThat(cluster.events())
        .filteredOn(event -> event.getReason().equals("RecoveryStarted"))
        .isNotEmpty()
        .allMatch(event -> event.getMessage().contains("DATA LOSS IS POSSIBLE"));
  }
}
