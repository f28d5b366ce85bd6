package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("An operator that is killed in every phase, before and after each act")
class OperatorKilledTest {

  private static final Path POINTS = temporaryFile();

  @RegisterExtension
  static final Stage STAGE =
      Stage.named(
          "killed", CrashingOperator.class, Map.of(CrashingOperator.POINTS, POINTS.toString()));

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
    TestCluster cluster = STAGE.healthyCluster("killed", 3);
    int survivor = 2;
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    try (HeldDown held = HeldDown.of(cluster, List.of(0, 1))) {
      keepAlive(cluster);
      held.awaitRebuilding(Stage.LIMIT);
    }
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    RecoveryAssertions.assertAnnounced(STAGE, cluster);
    assertThat(cluster.attempts()).isEqualTo(1);
    assertThat(Files.readAllLines(POINTS))
        .as("it died in each")
        .satisfies(OperatorKilledTest::coverAll);
  }

  private static Path temporaryFile() {
    try {
      return Files.createTempDirectory("crash").resolve("points");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  private static void keepAlive(TestCluster cluster) {
    Await.until(
        "the recovery is completed and an operator lives on",
        LIMIT,
        () -> {
          STAGE.operator().start();
          return cluster.phase().equals("Completed") && cluster.isHealthy(3);
        },
        cluster::describe);
  }
}
