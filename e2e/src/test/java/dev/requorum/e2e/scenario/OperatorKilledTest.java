package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("An operator that is killed in every phase, before and after each act")
class OperatorKilledTest {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final List<String> ACTS =
      List.of(
          "Rebuilding/Fence Resize",
          "Rebuilding/Preserve Preserve",
          "Rebuilding/RewriteState WriteInitialCluster",
          "Rebuilding/Arm Arm",
          "Rebuilding/Arm RestartPod",
          "Rebuilding/Disarm Disarm",
          "Rebuilding/Disarm RestartPod",
          "ScalingOut AddLearner",
          "ScalingOut WriteInitialCluster",
          "ScalingOut Resize",
          "ScalingOut Promote");

  @Test
  @DisplayName("is succeeded by one that goes on from the record: one attempt, nothing lost (S06)")
  @Tag("S06")
  @Tag("S13")
  @Tag("S14")
  @Tag("S16")
  @Tag("S20")
  @Tag("S22")
  void goesOnFromTheRecord() throws IOException {
    Path points = Files.createTempDirectory("crash").resolve("points");
    try (Stage stage =
        Stage.open(
            "killed", CrashingOperator.class, Map.of(CrashingOperator.POINTS, points.toString()))) {
      TestCluster cluster = stage.healthyCluster("killed", 3);
      int survivor = 2;
      Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
      String claim = cluster.claimUid(survivor);
      try (HeldDown held = HeldDown.of(cluster, List.of(0, 1))) {
        keepAlive(stage, cluster);
        held.awaitRebuilding(Stage.LIMIT);
      }
      RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
      RecoveryAssertions.assertAnnounced(stage, cluster);
      assertThat(cluster.attempts()).isEqualTo(1);
      assertThat(Files.readAllLines(points))
          .as("it died in each")
          .satisfies(OperatorKilledTest::coverAll);
    }
  }

  /** Every phase, and before and after each act; a step is entered in the turn of its act. */
  private static void coverAll(List<? extends String> points) {
    for (String place : List.of("Detecting ", "Rebuilding/", "ScalingOut ", "Completed ")) {
      assertThat(points).anyMatch(point -> point.startsWith(place));
    }
    for (String act : ACTS) {
      assertThat(List.<String>copyOf(points)).contains(act + " recorded", act + " acted");
    }
  }

  private static void keepAlive(Stage stage, TestCluster cluster) {
    Await.until(
        "the recovery is completed and an operator lives on",
        LIMIT,
        () -> {
          if (!stage.operator().isAlive()) {
            stage.startOperator();
          }
          return cluster.phase().equals("Completed") && cluster.isHealthy(3);
        },
        cluster::describe);
  }
}
