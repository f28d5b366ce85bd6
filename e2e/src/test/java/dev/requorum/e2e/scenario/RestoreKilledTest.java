package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.WorldPod;
import dev.requorum.e2e.world.WorldProcess;
import dev.requorum.fabric8.ClaimAnnotations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A restore that is killed in its midst")
class RestoreKilledTest {

  @RegisterExtension static final Stage STAGE = Stage.named("restore-killed");

  private static final int SURVIVOR = 1;
  private static final int MEBIBYTES = 48;
  private static final long NANOS_BETWEEN_LOOKS = 500_000;

  @Test
  @DisplayName(
      "twice, is made once more, in a directory of its own: one attempt, nothing lost, nothing of the pieces used (S23)")
  @Tag("S23")
  @Tag("S22")
  void isMadeAgain() {
    TestCluster cluster = STAGE.healthyCluster("pieces", 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    new Ballast(STAGE, cluster).write(SURVIVOR, MEBIBYTES);
    String claim = cluster.claimUid(SURVIVOR);
    RestoreCheck check = RestoreCheck.before(cluster, 3, SURVIVOR, List.of(SURVIVOR));
    try (HeldDown held = HeldDown.of(cluster, List.of(0, 2))) {
      held.awaitRebuilding(Stage.LIMIT);
    }
    String first = killRestore(cluster, "");
    String second = killRestore(cluster, first);
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
    RecoveryAssertions.assertRestored(check);
    assertThat(cluster.attempts()).isEqualTo(1);
    assertThat(cluster.recovery().restore.number).isEqualTo(3);
    assertThat(cluster.recovery().lastKnown.directory).isNotIn(first, second);
    assertThat(cluster.annotation(SURVIVOR, ClaimAnnotations.KEPT).orElse(""))
        .contains("=" + first, "=" + second);
  }

  /**
   * Kills etcdutl once it has begun to write.
   *
   * @param former the directory of the try that was killed before
   * @return the directory that it was writing
   */
  private static String killRestore(TestCluster cluster, String former) {
    Path volume =
        STAGE
            .world()
            .volumeDirectory(STAGE.namespace(), cluster.claim(SURVIVOR))
            .resolve(cluster.pod(SURVIVOR));
    String directory =
        Await.untilPresent(
            "another restore",
            Stage.LIMIT,
            () ->
                Optional.ofNullable(cluster.recovery().restore)
                    .map(restore -> restore.directory)
                    .filter(name -> !name.equals(former)),
            cluster::describe);
    Path database = volume.resolve(directory).resolve("member/snap/db");
    WorldPod pod = STAGE.world().pod(STAGE.namespace(), cluster.name() + "-restore");
    long end = System.nanoTime() + Stage.LIMIT.toNanos();
    while (!Files.exists(database) && System.nanoTime() < end) {
      // It is written within milliseconds: too few for anything that looks less often.
      LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
    }
    WorldProcess etcdutl = pod.process().orElseThrow(() -> new AssertionError("it has ended"));
    etcdutl.kill();
    assertThat(etcdutl.awaitEnd(Stage.LIMIT)).as("how etcdutl ended").isEqualTo(137);
    assertThat(database).exists();
    return directory;
  }
}
