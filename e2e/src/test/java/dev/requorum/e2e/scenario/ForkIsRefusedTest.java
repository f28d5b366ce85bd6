package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.histories.CheckerThere;
import dev.requorum.e2e.histories.HistoryChecker;
import dev.requorum.e2e.histories.HistoryPlan;
import dev.requorum.e2e.histories.Recording;
import dev.requorum.e2e.histories.Verdict;
import dev.requorum.e2e.safety.Rule;
import dev.requorum.e2e.safety.SafetyOperator;
import dev.requorum.e2e.world.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The story of {@link FenceTest} without the rule, as clients see it. */
@Tag(Rule.OFF)
@DisplayName("Clients while a survivor is forced without a fence and the others are back")
class ForkIsRefusedTest {

  private static final int SURVIVOR = 2;
  private static final List<Integer> LOST = List.of(0, 1);
  private static final int WRITES = 10;
  private static final Path DIRECTORY = newDirectory();
  private static final Path GATE = DIRECTORY.resolve("open");

  @RegisterExtension
  static final Stage STAGE =
      Stage.without(Rule.FENCE, "forked-history", Map.of(SafetyOperator.GATE, GATE.toString()));

  @Test
  @DisplayName("are answered by two clusters of one id, and the checker of histories refuses that")
  void isRefused() throws IOException {
    HistoryChecker checker = CheckerThere.orAbort();
    TestCluster cluster = STAGE.healthyClusterInPlace("forked", 3);
    Path file = DIRECTORY.resolve("history.jsonl");
    LocalSite site = (LocalSite) STAGE.site();
    try (Partition cut = Partition.betweenOperatorWith(STAGE, cluster, List.of(SURVIVOR), LOST)) {
      Recording recording = Recording.begin(site, cluster, HistoryPlan.inPlaceFrom(SURVIVOR));
      try (recording) {
        recording.awaitWrites(WRITES, LOST);
        fork(cluster, recording);
      }
      recording.write(file, List.of(SURVIVOR));
      assertThat(cut).isNotNull();
    }
    Verdict verdict = checker.check(file);
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.failures())
        .filteredOn(failure -> failure.claim().equals("there are never two clusters"))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.operation()).isPositive();
              assertThat(failure.says()).containsPattern("asked of forked-[01]: (acknow|found)");
            });
  }

  /** The lost majority is back, out of sight, before the survivor is forced; both take writes. */
  private static void fork(TestCluster cluster, Recording recording) throws IOException {
    LOST.forEach(o -> STAGE.site().holdDown(STAGE.namespace(), cluster.pod(o)));
    cluster.awaitPhase(Stage.LIMIT, "Rebuilding");
    LOST.forEach(o -> STAGE.site().release(STAGE.namespace(), cluster.pod(o)));
    recording.awaitWrites(WRITES, LOST);
    Files.createFile(GATE);
    Await.until(
        "there is an account of the loss",
        Stage.LIMIT,
        () -> cluster.recovery().dataLoss != null,
        cluster::describe);
    // So that nothing changes any more; it may just have restarted the survivor.
    STAGE.operator().kill();
    recording.awaitWrites(WRITES, List.of(SURVIVOR));
    recording.awaitWrites(WRITES, LOST);
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("forked-history");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
