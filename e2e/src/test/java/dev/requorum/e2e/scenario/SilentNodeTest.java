package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.operator.OperatorMain;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@OnAnySite(endsTheOperator = true)
@Tag(Nodes.SILENT)
@Isolated("it takes the power from nodes that the others' pods run on")
@DisplayName("The nodes of two members of three lose their power, and nobody tells Kubernetes")
class SilentNodeTest {

  private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";
  private static final int SURVIVOR = 2;
  private static final List<Integer> LOST = List.of(0, 1);

  /** Beside the nodes on a cluster, too: it is not to go down with one of them. */
  @RegisterExtension static final Stage STAGE = Stage.named("silent", OperatorMain.class, Map.of());

  private final List<String> off = new ArrayList<>();

  @AfterEach
  void powerOn() {
    Nodes nodes = Nodes.of(STAGE);
    off.forEach(nodes::powerOn);
    Await.until(
        "all nodes report",
        Stage.LIMIT,
        () -> off.stream().allMatch(SilentNodeTest::isUsable),
        () -> STAGE.site().client().nodes().list().getItems());
    off.clear();
  }

  /** Once it reports: a human takes the taint back that says that it does not run. */
  private static boolean isUsable(String name) {
    Optional<List<Taint>> taints = stored(name).map(node -> node.getSpec().getTaints());
    if (taints.filter(all -> all.stream().allMatch(SilentNodeTest::isHumans)).isEmpty()) {
      return false;
    }
    taints.orElseThrow().forEach(taint -> editTaint(name, false));
    return stored(name).filter(node -> node.getSpec().getTaints().isEmpty()).isPresent();
  }

  private static boolean isHumans(Taint taint) {
    return OUT_OF_SERVICE.equals(taint.getKey());
  }

  private static Optional<Node> stored(String name) {
    return Optional.ofNullable(STAGE.site().client().nodes().withName(name).get());
  }

  @Test
  @DisplayName(
      "nothing is touched, however long, until a human vouches: one node is tainted, one deleted"
          + " (S01)")
  @Tag("S01")
  void waitsForAHuman() {
    Nodes nodes = Nodes.of(STAGE);
    TestCluster cluster = STAGE.healthyClusterApart("dark", 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    List<String> before = Identities.of(cluster, 3);
    LOST.forEach(o -> off.add(STAGE.nodeOf(cluster, o)));
    off.forEach(nodes::powerOff);
    assertHeld(cluster);
    assertThat(Identities.of(cluster, 3)).isEqualTo(before);

    // Where their volumes are within every node's reach: as former members they stay down.
    LOST.forEach(o -> nodes.hold(cluster, o));
    editTaint(off.get(0), true);
    STAGE.site().client().nodes().withName(off.get(1)).delete();
    cluster.awaitPhase(Stage.LIMIT, "ScalingOut", "Completed");
    LOST.forEach(o -> nodes.release(cluster, o));
    powerOn(); // where they are within that node's reach alone
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
  }

  private void assertHeld(TestCluster cluster) {
    STAGE.awaitCondition(cluster, "RecoveryBlocked", "True");
    // Until Kubernetes notices that a node is silent, it calls the pods there Ready.
    Await.until(
        "RecoveryBlocked speaks of the silent nodes",
        Stage.LIMIT,
        () ->
            LOST.stream()
                .allMatch(lost -> blocked(cluster).getMessage().contains(said(cluster, lost))),
        cluster::describe);
    assertThat(blocked(cluster).getReason()).isEqualTo("MemberUnreachable");
    assertThat(blocked(cluster).getMessage()).contains("delete it or taint it " + OUT_OF_SERVICE);
    Instant longEnough = Instant.now().plus(Stage.DOWN_GRACE_PERIOD.multipliedBy(2));
    Await.until(
        "twice the longer window is over",
        Stage.LIMIT,
        () -> Instant.now().isAfter(longEnough),
        cluster::describe);
    assertThat(cluster.attempts()).isZero();
    assertThat(blocked(cluster).getReason()).isEqualTo("MemberUnreachable");
  }

  private String said(TestCluster cluster, int lost) {
    return "%s (its node %s does not report".formatted(cluster.pod(lost), off.get(lost));
  }

  private static Condition blocked(TestCluster cluster) {
    return cluster.conditionObject("RecoveryBlocked").orElseThrow();
  }

  private static void editTaint(String name, boolean tainted) {
    stored(name)
        .ifPresent(node -> STAGE.site().client().resource(node).edit(n -> edited(n, tainted)));
  }

  private static Node edited(Node node, boolean tainted) {
    var spec =
        new NodeBuilder(node)
            .editOrNewSpec()
            .removeMatchingFromTaints(taint -> OUT_OF_SERVICE.equals(taint.getKey()));
    if (tainted) {
      spec.addNewTaint()
          .withKey(OUT_OF_SERVICE)
          .withValue("nodeshutdown")
          .withEffect("NoExecute")
          .endTaint();
    }
    return spec.endSpec().build();
  }
}
