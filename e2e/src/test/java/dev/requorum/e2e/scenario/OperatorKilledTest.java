package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.crash.CrashPoint;
import dev.requorum.e2e.crash.CrashingOperator;
import dev.requorum.e2e.crash.Played;
import dev.requorum.e2e.crash.PointList;
import dev.requorum.e2e.crash.RecoveryPlayer;
import dev.requorum.ports.CommitSeed;
import dev.requorum.ports.record.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A share of {@code make crashpoints}: other points, and the other strategy, by commit. */
@DisplayName("An operator that is killed before and after calls of its ports")
class OperatorKilledTest {

  private static final int POINTS = 3;

  private static final Path LOGS = newDirectory();

  @RegisterExtension
  static final Stage STAGE =
      Stage.named("killed", CrashingOperator.class, Map.of(CrashingOperator.LOGS, LOGS.toString()));

  @Test
  @DisplayName(
      "is succeeded by one that comes to the state of an undisturbed recovery: one attempt, nothing lost (S06)")
  @Tag("S06")
  @Tag("S13")
  @Tag("S14")
  @Tag("S16")
  @Tag("S20")
  @Tag("S22")
  @Tag("S23")
  void endsAsTheUndisturbedOne() {
    long seed = CommitSeed.seed();
    Strategy strategy = Strategy.values()[(int) (seed % Strategy.values().length)];
    RecoveryPlayer player =
        new RecoveryPlayer(STAGE.site(), STAGE.namespace(), STAGE.operator(), LOGS);
    Played undisturbed = player.undisturbed("undisturbed", strategy);
    assertThat(undisturbed.wrongs()).isEmpty();
    RecoveryAssertions.assertAnnounced(STAGE, player.cluster("undisturbed"));
    player.remove("undisturbed");

    List<CrashPoint> points = some(PointList.of(undisturbed.calls()), seed);
    System.out.printf("SEED=%d: %s: dies %s%n", seed, strategy.word(), points);
    Played disturbed = player.dying("killed", strategy, points, undisturbed.state().orElseThrow());
    assertThat(disturbed.wrongs()).as("SEED=%d: %s", seed, points).isEmpty();
    assertThat(disturbed.deaths()).as("where it died; not at %s", disturbed.missed()).isNotEmpty();
    RecoveryAssertions.assertAnnounced(STAGE, player.cluster("killed"));
  }

  private static List<CrashPoint> some(List<CrashPoint> all, long seed) {
    List<CrashPoint> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.stream().limit(POINTS).sorted(Comparator.comparingInt(all::indexOf)).toList();
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("crash");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
