package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.WorldNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it takes the power from nodes that the others' pods run on")
@DisplayName("The nodes of two members of three lose their power, and nobody tells Kubernetes")
class SilentNodeTest {

  private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";
  private static final int SURVIVOR = 2;
  private static final List<Integer> LOST = List.of(0, 1);

  @RegisterExtension static final Stage STAGE = Stage.named("silent");

  @AfterEach
  void powerOn() {
    STAGE
        .site()
        .client()
        .nodes()
        .list()
        .getItems()
        .forEach(node -> editTaint(node.getMetadata().getName(), false));
    STAGE.world().nodes().forEach(WorldNode::revive);
    Await.until(
        "all nodes report",
        Stage.LIMIT,
        () -> STAGE.site().client().nodes().list().getItems().stream().allMatch(this::isUsable),
        () -> STAGE.site().client().nodes().list().getItems());
  }

  private boolean isUsable(io.fabric8.kubernetes.api.model.Node node) {
    return node.getSpec().getTaints().isEmpty();
  }

  @Test
  @DisplayName(
      "nothing is touched, however long, until a human vouches: one node is tainted, one deleted"
          + " (S01)")
  @Tag("S01")
  void waitsForAHuman() {
    TestCluster cluster = STAGE.healthyCluster("dark", 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    List<WorldNode> nodes = LOST.stream().map(o -> node(cluster, o)).toList();
    List<String> before = Identities.of(cluster, 3);
    nodes.forEach(WorldNode::kill);
    assertHeld(cluster, nodes);
    assertThat(Identities.of(cluster, 3)).isEqualTo(before);

    // Their volumes are within every node's reach here: as former members they stay down.
    LOST.forEach(o -> STAGE.site().holdDown(STAGE.namespace(), cluster.pod(o)));
    editTaint(nodes.get(0).name(), true);
    STAGE.site().client().nodes().withName(nodes.get(1).name()).delete();
    cluster.awaitPhase(Stage.LIMIT, "ScalingOut", "Completed");
    LOST.forEach(o -> STAGE.site().release(STAGE.namespace(), cluster.pod(o)));
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
  }

  private static void assertHeld(TestCluster cluster, List<WorldNode> nodes) {
    STAGE.awaitCondition(cluster, "RecoveryBlocked", "True");
    // Until Kubernetes notices that a node is silent, it calls the pods there Ready.
    Await.until(
        "RecoveryBlocked speaks of the silent nodes",
        Stage.LIMIT,
        () -> nodes.stream().allMatch(node -> blocked(cluster).getMessage().contains(node.name())),
        cluster::describe);
    Condition blocked = blocked(cluster);
    assertThat(blocked.getReason()).isEqualTo("MemberUnreachable");
    LOST.forEach(
        lost ->
            assertThat(blocked.getMessage())
                .contains(
                    "%s (its node %s does not report"
                        .formatted(cluster.pod(lost), nodes.get(lost).name()),
                    "delete it or taint it " + OUT_OF_SERVICE));
    Instant longEnough = Instant.now().plus(Stage.DOWN_GRACE_PERIOD.multipliedBy(2));
    Await.until(
        "twice the longer window is over",
        Stage.LIMIT,
        () -> Instant.now().isAfter(longEnough),
        cluster::describe);
    assertThat(cluster.attempts()).isZero();
    assertThat(blocked(cluster).getReason()).isEqualTo("MemberUnreachable");
  }

  private static Condition blocked(TestCluster cluster) {
    return cluster.conditionObject("RecoveryBlocked").orElseThrow();
  }

  private static WorldNode node(TestCluster cluster, int ordinal) {
    return STAGE.world().node(STAGE.nodeOf(cluster, ordinal));
  }

  private static void editTaint(String name, boolean tainted) {
    STAGE
        .site()
        .client()
        .nodes()
        .withName(name)
        .edit(
            node -> {
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
            });
  }
}
