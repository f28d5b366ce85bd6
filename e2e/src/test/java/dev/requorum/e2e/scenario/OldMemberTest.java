package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.Binaries;
import dev.requorum.e2e.world.WorldProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A member of the cluster before a restore that comes back out of Kubernetes' hands")
class OldMemberTest {

  @RegisterExtension static final Stage STAGE = Stage.named("old-member");

  private static final String NAME = "old-member";
  private static final List<Integer> PEERS = List.of(1, 2);
  private static final Path DATA = Path.of("/run/old-member");

  @Test
  @DisplayName(
      "is of another cluster: those that were its peers refuse it, it serves nobody, and changes nothing (S23)")
  @Tag("S23")
  void isRefused() {
    TestCluster cluster = STAGE.healthyCluster("renewed", 3);
    int survivor = 2;
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    RestoreCheck check = RestoreCheck.before(cluster, 3, survivor, TestCluster.ordinals(3));
    List.of(0, 1).forEach(o -> STAGE.site().holdDown(STAGE.namespace(), cluster.pod(o)));
    copyData(cluster);
    cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
    WorldProcess old = startOn(DATA, cluster);
    List.of(0, 1).forEach(o -> STAGE.site().release(STAGE.namespace(), cluster.pod(o)));
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    for (int ordinal : PEERS) {
      Await.until(
          "%s refuses the old member".formatted(cluster.pod(ordinal)),
          Stage.LIMIT,
          () -> refuses(cluster, ordinal),
          old::log);
    }
    assertThat(old.log()).doesNotContain("ready to serve client requests");
    assertThat(cluster.voters(survivor)).hasSize(3);
    cluster.put(survivor, "after", "yes");
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    RecoveryAssertions.assertRestored(check);
    old.kill();
  }

  /** By its own log, in which the other's words can be told from words about its own doings. */
  private static boolean refuses(TestCluster cluster, int ordinal) {
    return STAGE.world().pod(STAGE.namespace(), cluster.pod(ordinal)).process().stream()
        .flatMap(process -> process.log().lines())
        .anyMatch(line -> line.contains("cluster ID mismatch"));
  }

  private static void copyData(TestCluster cluster) {
    Path data =
        STAGE.world().volumeDirectory(STAGE.namespace(), cluster.claim(0)).resolve(cluster.pod(0));
    List<String> copy = List.of("cp", "-R", data.toString(), DATA.toString());
    assertThat(STAGE.world().startProcess(NAME, copy, Map.of()).awaitEnd(Stage.LIMIT)).isZero();
  }

  /** A process that goes on as member 0 of the cluster before, on a host of its own. */
  private static WorldProcess startOn(Path data, TestCluster cluster) {
    return STAGE
        .world()
        .startProcess(
            NAME,
            List.of(
                Binaries.fromEnvironment().path("etcd", Stage.VERSION).toString(),
                "--name=" + cluster.pod(0),
                "--data-dir=" + data,
                "--listen-client-urls=http://0.0.0.0:2379",
                "--advertise-client-urls=http://0.0.0.0:2379",
                "--listen-peer-urls=http://0.0.0.0:2380"),
            Map.of());
  }
}
