package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The original's own live run had a window of 60 s and took 212 s in all (S25). */
@DisplayName("S24 as the original was shown to do it")
@OnAnySite
class OriginalsWindowTest {

  @RegisterExtension static final Stage STAGE = Stage.named("originals");

  private static final long ORIGINAL_SECONDS = 212;

  @ParameterizedTest(name = "holds with a window of {0} s; how long it took is printed")
  @ValueSource(ints = {60, 10})
  @Tag("S24")
  @Tag("S25")
  void holds(int windowSeconds) {
    Instant start = Instant.now();
    Duration window = Duration.ofSeconds(windowSeconds);
    String name = "window-" + windowSeconds;
    TestCluster cluster = STAGE.cluster(name);
    cluster.startWith(ManifestText.cluster(name, 3, Stage.VERSION, window, window), 3);
    int survivor = 1;
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    Instant loss = Instant.now();
    try (HeldDown held = HeldDown.of(cluster, List.of(0, 2))) {
      held.awaitRebuilding(Stage.LIMIT);
    }
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    Instant healthy = Instant.now();
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    RecoveryAssertions.assertAnnounced(STAGE, cluster);
    assertThat(cluster.recovery().survivor.name).isEqualTo(cluster.pod(survivor));
    System.out.printf(
        "S24 with a window of %d s: %d s in all, from the manifest to the last assertion"
            + " (the original with 60 s: %d s); %d s from the loss to three healthy members%n",
        windowSeconds,
        Duration.between(start, Instant.now()).toSeconds(),
        ORIGINAL_SECONDS,
        Duration.between(loss, healthy).toSeconds());
    cluster.delete();
  }
}
