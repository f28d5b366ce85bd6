package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.Binaries;
import dev.requorum.e2e.world.WorldProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName(
    "A lost member's process that comes back in a recovery's midst, out of Kubernetes' hands")
class FormerMemberTest {

  @RegisterExtension static final Stage STAGE = Stage.named("former");

  private static final int SURVIVOR = 2;
  private static final List<Integer> LOST = List.of(0, 1);

  @Test
  @DisplayName(
      "rebuilt in place: it is told that it was removed, is reported, ends, and never serves")
  void wasRemoved() {
    TestCluster cluster = cluster("forced", "ForceNewCluster");
    String formerId = cluster.memberStatus(0).memberId();
    recover(
        cluster,
        zombie -> {
          zombie.awaitEnd(Stage.LIMIT);
          assertThat(zombie.log())
              .contains("the member has been permanently removed from the cluster")
              .doesNotContain("ready to serve client requests");
          assertThat(survivorsLog(cluster))
              .anyMatch(line -> line.contains("because it was removed") && line.contains(formerId));
        });
    assertThat(cluster.etcdctl(SURVIVOR, "member", "list")).doesNotContain(formerId);
  }

  @Test
  @DisplayName("restored: it is of another cluster, is ignored and reported, and never serves")
  void isOfAnotherCluster() {
    TestCluster cluster = cluster("restored", "Restore");
    String formerId = cluster.memberStatus(0).memberId();
    WorldProcess former =
        recover(
            cluster,
            zombie ->
                Await.until(
                    "the survivor reports it",
                    Stage.LIMIT,
                    () ->
                        survivorsLog(cluster)
                            .anyMatch(
                                line ->
                                    line.contains("cluster ID mismatch")
                                        && line.contains(formerId)),
                    zombie::log));
    assertThat(former.isAlive()).as("it was there to the end").isTrue();
    assertThat(former.log()).doesNotContain("ready to serve client requests");
    former.kill();
    assertThat(cluster.etcdctl(SURVIVOR, "member", "list")).doesNotContain(formerId);
  }

  private static TestCluster cluster(String name, String strategy) {
    TestCluster cluster = STAGE.cluster(name);
    cluster.startWith(
        ManifestText.with(Stage.manifest(name, 3, Stage.VERSION), "strategy: " + strategy), 3);
    return cluster;
  }

  /**
   * Member 0 runs out of Kubernetes' hands when the survivor serves, and before it is back; its
   * process.
   */
  private static WorldProcess recover(TestCluster cluster, Consumer<WorldProcess> whatBecomesOfIt) {
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    LOST.forEach(o -> STAGE.site().holdDown(STAGE.namespace(), cluster.pod(o)));
    copyData(cluster);
    cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
    WorldProcess zombie = startAsMember0(cluster);
    whatBecomesOfIt.accept(zombie);
    LOST.forEach(o -> STAGE.site().release(STAGE.namespace(), cluster.pod(o)));
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
    return zombie;
  }

  private static Stream<String> survivorsLog(TestCluster cluster) {
    String pod = cluster.pod(SURVIVOR);
    return STAGE.world().pod(STAGE.namespace(), pod).process().map(WorldProcess::log).stream()
        .flatMap(String::lines);
  }

  private static void copyData(TestCluster cluster) {
    Path data =
        STAGE.world().volumeDirectory(STAGE.namespace(), cluster.claim(0)).resolve(cluster.pod(0));
    List<String> copy = List.of("cp", "-R", data.toString(), data(cluster).toString());
    assertThat(STAGE.world().startProcess(cluster.name(), copy, Map.of()).awaitEnd(Stage.LIMIT))
        .isZero();
  }

  private static Path data(TestCluster cluster) {
    return Path.of("/run").resolve("former-" + cluster.name());
  }

  /** A process that goes on as member 0, on a host of its own. */
  private static WorldProcess startAsMember0(TestCluster cluster) {
    return STAGE
        .world()
        .startProcess(
            cluster.name(),
            List.of(
                Binaries.fromEnvironment().path("etcd", Stage.VERSION).toString(),
                "--name=" + cluster.pod(0),
                "--data-dir=" + data(cluster),
                "--listen-client-urls=http://0.0.0.0:2379",
                "--advertise-client-urls=http://0.0.0.0:2379",
                "--listen-peer-urls=http://0.0.0.0:2380"),
            Map.of());
  }
}
