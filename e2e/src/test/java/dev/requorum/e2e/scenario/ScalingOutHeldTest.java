package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.WorldPod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Scaling out")
class ScalingOutHeldTest {

  @RegisterExtension static final Stage STAGE = Stage.named("scaling-held");

  @Test
  @DisplayName(
      "is held once the member list cannot be had, has not scaled in by then, and goes on (S19)")
  @Tag("S19")
  void isHeldWithoutAMemberList() {
    TestCluster cluster = STAGE.healthyCluster("held", 3);
    int survivor = 1;
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    try (HeldDown held = HeldDown.of(cluster, List.of(0, 2))) {
      held.awaitRebuilding(Stage.LIMIT);
    }
    cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
    int replicas = cluster.statefulSet().getSpec().getReplicas();
    WorldPod pod = STAGE.world().pod(STAGE.namespace(), cluster.pod(survivor));
    pod.pause();
    Await.until(
        "the recovery says that it has no member list",
        Stage.LIMIT,
        () -> cluster.recovery().reason.equals("MemberListUnusable"),
        cluster::describe);
    assertThat(cluster.phase()).isEqualTo("ScalingOut");
    assertThat(cluster.statefulSet().getSpec().getReplicas()).isGreaterThanOrEqualTo(replicas);
    pod.resume();
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
  }
}
