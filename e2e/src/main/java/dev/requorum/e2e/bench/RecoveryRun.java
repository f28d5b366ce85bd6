package dev.requorum.e2e.bench;

import dev.requorum.e2e.scenario.HeldDown;
import dev.requorum.e2e.scenario.ManifestText;
import dev.requorum.e2e.scenario.Stopwatch;
import dev.requorum.e2e.scenario.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takes the time of one recovery of a three-member cluster that is made and removed for it. */
record RecoveryRun(String version) {

  private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(180);
  private static final int SURVIVOR = 1;

  /** Three members. */
  String manifest(String name) {
    return ManifestText.cluster(name, 3, version, GRACE_PERIOD, Duration.ofMinutes(1));
  }

  /**
   * @param afterCommit is done once the operator has committed to the rebuild
   */
  Timing of(TestCluster cluster, Runnable afterCommit) {
    cluster.startWith(manifest(cluster.name()), 3);
    cluster.put(SURVIVOR, "key", "value");
    Stopwatch stopwatch;
    try (HeldDown held = HeldDown.of(cluster, List.of(0, 2))) {
      cluster.awaitPhase(LIMIT, "Detecting", "Rebuilding");
      stopwatch = Stopwatch.start(cluster, SURVIVOR, 3);
      held.awaitRebuilding(LIMIT);
    }
    afterCommit.run();
    cluster.awaitPhase(LIMIT, "Completed");
    Instant windowEnd = stopwatch.windowEnd(GRACE_PERIOD);
    Timing timing =
        new Timing(
            Duration.between(windowEnd, stopwatch.writesBack()).toMillis(),
            Duration.between(windowEnd, stopwatch.allVoters()).toMillis());
    cluster.delete();
    return timing;
  }
}
