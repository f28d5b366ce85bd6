package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("An operator that may not list nodes")
class NodesForbiddenTest {

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.open("nodes-forbidden");
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  @DisplayName(
      "grows a cluster, holds the recovery of a lost quorum and says why, and recovers once it may")
  @Tag("S01")
  @Tag("O03")
  void holds() {
    Resource<ClusterRoleBinding> right =
        stage
            .site()
            .client()
            .rbac()
            .clusterRoleBindings()
            .withName("requorum-nodes-" + stage.namespace());
    ClusterRoleBinding granted = right.require();
    right.delete();
    TestCluster cluster = stage.healthyCluster("held", 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, 0);
    String claim = cluster.claimUid(0);

    try (HeldDown held = HeldDown.of(cluster, List.of(1, 2))) {
      Await.until(
          "the recovery is held for want of the right to list nodes",
          Stage.LIMIT,
          () -> heldFor(cluster).filter(why -> why.contains("nodes is forbidden")).isPresent(),
          cluster::describe);
      assertThat(cluster.phase()).isEmpty();
      assertThat(cluster.attempts()).isZero();
      assertThat(cluster.statefulSet().getSpec().getReplicas()).isEqualTo(3);

      granted.getMetadata().setResourceVersion(null);
      stage.site().client().resource(granted).create();
      held.awaitRebuilding(Stage.LIMIT);
    }
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, 0, 3, keys, claim);
    cluster.delete();
  }

  private static Optional<String> heldFor(TestCluster cluster) {
    return cluster
        .conditionObject("RecoveryBlocked")
        .filter(condition -> condition.getStatus().equals("True"))
        .map(Condition::getMessage);
  }
}
