package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Binaries;
import dev.requorum.e2e.world.WorldProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName(
    "A lost member's process that comes back in a recovery's midst, out of Kubernetes' hands")
class FormerMemberTest {

  @RegisterExtension static final Stage STAGE = Stage.named("former");

  private static final String NAME = "zombie";
  private static final Path DATA = Path.of("/run/zombie");

  @Test
  @DisplayName("is told that it was removed, is reported, ends, and neither joins nor serves")
  void neitherJoinsNorServes() {
    TestCluster cluster = STAGE.healthyClusterInPlace("zombies", 3);
    int survivor = 2;
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    String formerId = cluster.memberStatus(0).memberId();
    List.of(0, 1).forEach(o -> STAGE.site().holdDown(STAGE.namespace(), cluster.pod(o)));
    copyData(cluster);
    cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
    WorldProcess zombie = startOn(DATA, cluster);
    zombie.awaitEnd(Stage.LIMIT);
    assertThat(zombie.log())
        .contains("the member has been permanently removed from the cluster")
        .doesNotContain("ready to serve client requests");
    assertThat(survivorsLog(cluster.pod(survivor)))
        .anyMatch(line -> line.contains("because it was removed") && line.contains(formerId));
    List.of(0, 1).forEach(o -> STAGE.site().release(STAGE.namespace(), cluster.pod(o)));
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    assertThat(cluster.etcdctl(survivor, "member", "list")).doesNotContain(formerId);
  }

  private static Stream<String> survivorsLog(String pod) {
    return STAGE.world().pod(STAGE.namespace(), pod).process().map(WorldProcess::log).stream()
        .flatMap(String::lines);
  }

  private static void copyData(TestCluster cluster) {
    Path data =
        STAGE.world().volumeDirectory(STAGE.namespace(), cluster.claim(0)).resolve(cluster.pod(0));
    List<String> copy = List.of("cp", "-R", data.toString(), DATA.toString());
    assertThat(STAGE.world().startProcess(NAME, copy, Map.of()).awaitEnd(Stage.LIMIT)).isZero();
  }

  /** A process that goes on as member 0, on a host of its own. */
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
