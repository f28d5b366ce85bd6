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
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("An operator that is killed in every phase, before and after each act")
class OperatorKilledTest {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int SURVIVOR = 2;

  private static final List<String> SCALING_OUT =
      List.of(
          "ScalingOut AddLearner",
          "ScalingOut WriteInitialCluster",
          "ScalingOut Resize",
          "ScalingOut Promote");

  @Nested
  @DisplayName("while it restores beside the original")
  class ByRestore {

    private static final Path POINTS = temporaryFile();

    @RegisterExtension static final Stage STAGE = crashing("killed-restore", POINTS);

    private static final List<String> ACTS =
        List.of(
            "Rebuilding/Fence Resize",
            "Rebuilding/Stop Resize",
            "Rebuilding/Restore Restore",
            "Rebuilding/Adopt MarkVolumes",
            "Rebuilding/Adopt WriteInitialCluster",
            "Rebuilding/Adopt DiscardRestore",
            "Rebuilding/Adopt Resize");

    @Test
    @DisplayName(
        "is succeeded by one that goes on from the record: one attempt, nothing lost (S06)")
    @Tag("S06")
    @Tag("S20")
    @Tag("S22")
    @Tag("S23")
    void goesOnFromTheRecord() throws IOException {
      TestCluster cluster = STAGE.healthyCluster("killed", 3);
      RestoreCheck check = RestoreCheck.before(cluster, 3, SURVIVOR, List.of(SURVIVOR));
      loseAndRecover(STAGE, cluster);
      RecoveryAssertions.assertRestored(check);
      assertThat(cluster.recovery().restore.number).isEqualTo(1);
      assertThat(Files.readAllLines(POINTS))
          .as("it died in each")
          .satisfies(points -> coverAll(points, ACTS));
    }
  }

  @Nested
  @DisplayName("while it rebuilds in place")
  class InPlace {

    private static final Path POINTS = temporaryFile();

    @RegisterExtension static final Stage STAGE = crashing("killed", POINTS);

    private static final List<String> ACTS =
        List.of(
            "Rebuilding/Fence Resize",
            "Rebuilding/Preserve Preserve",
            "Rebuilding/RewriteState WriteInitialCluster",
            "Rebuilding/Arm Arm",
            "Rebuilding/Arm RestartPod",
            "Rebuilding/Disarm Disarm",
            "Rebuilding/Disarm RestartPod");

    @Test
    @DisplayName(
        "is succeeded by one that goes on from the record: one attempt, nothing lost (S06)")
    @Tag("S06")
    @Tag("S13")
    @Tag("S14")
    @Tag("S16")
    @Tag("S20")
    @Tag("S22")
    void goesOnFromTheRecord() throws IOException {
      TestCluster cluster = STAGE.healthyClusterInPlace("killed", 3);
      loseAndRecover(STAGE, cluster);
      assertThat(Files.readAllLines(POINTS))
          .as("it died in each")
          .satisfies(points -> coverAll(points, ACTS));
    }
  }

  private static Stage crashing(String name, Path points) {
    return Stage.named(
        name, CrashingOperator.class, Map.of(CrashingOperator.POINTS, points.toString()));
  }

  private static void loseAndRecover(Stage stage, TestCluster cluster) {
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    try (HeldDown held = HeldDown.of(cluster, List.of(0, 1))) {
      keepAlive(stage, cluster);
      held.awaitRebuilding(Stage.LIMIT);
    }
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
    RecoveryAssertions.assertAnnounced(stage, cluster);
    assertThat(cluster.attempts()).isEqualTo(1);
  }

  private static Path temporaryFile() {
    try {
      return Files.createTempDirectory("crash").resolve("points");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every phase, and before and after each act; a step is entered in the turn of its act. */
  private static void coverAll(List<? extends String> points, List<String> acts) {
    for (String place : List.of("Detecting ", "Rebuilding/", "ScalingOut ", "Completed ")) {
      assertThat(points).anyMatch(point -> point.startsWith(place));
    }
    Stream.concat(acts.stream(), SCALING_OUT.stream())
        .forEach(
            act ->
                assertThat(List.<String>copyOf(points))
                    .contains(act + " recorded", act + " acted"));
  }

  private static void keepAlive(Stage stage, TestCluster cluster) {
    Await.until(
        "the recovery is completed and an operator lives on",
        LIMIT,
        () -> {
          stage.operator().start();
          return cluster.phase().equals("Completed") && cluster.isHealthy(3);
        },
        cluster::describe);
  }
}
