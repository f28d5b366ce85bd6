package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("An operator that may not list nodes")
class NodesForbiddenTest {

  @RegisterExtension static final Stage STAGE = Stage.named("nodes-forbidden");

  @Test
  @DisplayName(
      "grows a cluster, holds the recovery of a lost quorum and says why, and recovers once it may")
  @Tag("S01")
  @Tag("O03")
  void holds() {
    Resource<ClusterRoleBinding> right =
        STAGE
            .site()
            .client()
            .rbac()
            .clusterRoleBindings()
            .withName("requorum-nodes-" + STAGE.namespace());
    ClusterRoleBinding granted = right.require();
    right.delete();
    TestCluster cluster = STAGE.healthyCluster("held", 3);
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
      STAGE.site().client().resource(granted).create();
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
