package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.operator.OperatorMain;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@OnAnySite(endsTheOperator = true)
@Tag(Nodes.SILENT)
@Isolated("it silences and reboots nodes that the others' pods run on")
@DisplayName("A silent node is declared gone, but a lost member's process lives on there")
class DeclaredGoneTest {

  private static final int ZOMBIE = 0;
  private static final int DOWN = 1;
  private static final int SURVIVOR = 2;

  @RegisterExtension static final Stage STAGE = Stage.named("zombie", OperatorMain.class, Map.of());

  private String silent = "";

  @AfterEach
  void reboot() {
    if (!silent.isEmpty()) {
      Nodes nodes = Nodes.of(STAGE);
      nodes.hear(silent);
      nodes.powerOff(silent);
      nodes.powerOn(silent);
      Await.until(
          silent + " reports",
          Stage.LIMIT,
          () -> STAGE.site().client().nodes().withName(silent).isReady(),
          () -> STAGE.site().client().nodes().list().getItems());
      silent = "";
    }
  }

  @Test
  @DisplayName("rebuilt in place: it is told that it was removed, ends, and never takes a write")
  void wasRemoved() {
    TestCluster cluster = cluster("forced", "ForceNewCluster");
    Nodes nodes = Nodes.of(STAGE);
    String formerId = cluster.memberStatus(ZOMBIE).memberId();
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    rebuildWithout(cluster);
    awaitLog(cluster, ZOMBIE, "the member has been permanently removed from the cluster");
    awaitLog(cluster, SURVIVOR, "because it was removed");
    assertThat(takesWrites(nodes, cluster)).isFalse();
    assertThat(cluster.etcdctl(SURVIVOR, "member", "list")).doesNotContain(formerId);
    complete(cluster, keys, claim);
  }

  @Test
  @DisplayName("restored: it is of another cluster, is ignored and reported, and takes no write")
  void isOfAnotherCluster() {
    TestCluster cluster = cluster("restored", "Restore");
    Nodes nodes = Nodes.of(STAGE);
    String formerId = cluster.memberStatus(ZOMBIE).memberId();
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    rebuildWithout(cluster);
    awaitLog(cluster, SURVIVOR, "cluster ID mismatch");
    assertThat(nodes.log(cluster, SURVIVOR)).contains(formerId);
    assertThat(nodes.etcdctl(cluster, ZOMBIE, "get", "--consistency=s", "six/key-1"))
        .as("it was there to the end")
        .contains("value-1");
    assertThat(takesWrites(nodes, cluster)).isFalse();
    assertThat(cluster.etcdctl(SURVIVOR, "member", "list")).doesNotContain(formerId);
    complete(cluster, keys, claim);
  }

  private static TestCluster cluster(String name, String strategy) {
    TestCluster cluster = STAGE.cluster(name);
    String manifest =
        ManifestText.with(Stage.manifest(name, 3, Stage.VERSION), "strategy: " + strategy);
    String apart = ManifestText.apart(name, manifest);
    cluster.startWith(ManifestText.onVolumesOf(Nodes.of(STAGE).storageClass(), apart), 3);
    return cluster;
  }

  /**
   * One member's process ends; another's is cut off from the rest, on a node that falls silent, and
   * a human deletes that node. When the survivor serves alone the cut heals, and the node still
   * says nothing to Kubernetes.
   */
  private void rebuildWithout(TestCluster cluster) {
    Nodes nodes = Nodes.of(STAGE);
    List<Integer> lost = List.of(ZOMBIE, DOWN);
    try (Partition cut = Partition.betweenOperatorWith(STAGE, cluster, List.of(SURVIVOR), lost)) {
      nodes.hold(cluster, DOWN);
      silent = STAGE.nodeOf(cluster, ZOMBIE);
      nodes.silence(silent);
      Await.until(
          "RecoveryBlocked speaks of the silent node",
          Stage.LIMIT,
          () -> blocked(cluster).contains("its node %s does not report".formatted(silent)),
          cluster::describe);
      STAGE.site().client().nodes().withName(silent).delete();
      cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
      assertThat(takesWrites(nodes, cluster)).isFalse();
      assertThat(cut).isNotNull();
    }
  }

  private static String blocked(TestCluster cluster) {
    return cluster.conditionObject("RecoveryBlocked").map(c -> c.getMessage()).orElse("");
  }

  private static boolean takesWrites(Nodes nodes, TestCluster cluster) {
    try {
      nodes.etcdctl(cluster, ZOMBIE, "--command-timeout=2s", "put", "who", "the former cluster");
      return true;
    } catch (RuntimeException refused) {
      return false;
    }
  }

  private static void awaitLog(TestCluster cluster, int ordinal, String said) {
    Nodes nodes = Nodes.of(STAGE);
    Await.until(
        "%s logs '%s'".formatted(cluster.pod(ordinal), said),
        Stage.LIMIT,
        () -> nodes.log(cluster, ordinal).contains(said),
        () -> nodes.log(cluster, ordinal));
  }

  private void complete(TestCluster cluster, Map<String, String> keys, String claim) {
    reboot();
    Nodes.of(STAGE).release(cluster, DOWN);
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
  }
}
