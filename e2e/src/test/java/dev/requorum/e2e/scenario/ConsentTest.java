package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The owner of a cluster")
class ConsentTest {

  private static final String NO_PLAN = "0000000000000000";
  private static final List<Integer> LOST = DownForAWhile.DOWN;
  private static final int SURVIVOR = DownForAWhile.BEHIND;

  @RegisterExtension static final Stage STAGE = Stage.named("consent");

  @Test
  @DisplayName(
      "who is to approve a rebuild may bring the members back instead; only the plan of the hash that is approved is done")
  @Tag("S07")
  @Tag("S22")
  void approves() {
    TestCluster cluster = startedWith("approve", "mode: Approve");
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    try (DownForAWhile down = DownForAWhile.begin(STAGE, cluster)) {
      Stage.awaitReason(cluster, "AwaitingApproval");
      down.endWithNothingLost();
    }
    assertThat(cluster.attempts()).isZero();
    try (HeldDown held = HeldDown.of(cluster, LOST)) {
      Stage.awaitReason(cluster, "AwaitingApproval");
      STAGE.awaitCondition(cluster, "RecoveryBlocked", "True");
      assertThat(cluster.recovery().plan.survivor.name).isEqualTo(cluster.pod(SURVIVOR));
      annotate(cluster, NO_PLAN);
      Await.until(
          "the approval of another plan is said to be void",
          Stage.LIMIT,
          () -> cluster.recovery().message.contains("void"),
          cluster::describe);
      assertThat(cluster.attempts()).isZero();
      assertThat(cluster.statefulSet().getSpec().getReplicas()).isEqualTo(3);
      Await.until(
          "the approved plan is begun",
          Stage.LIMIT,
          () -> {
            annotate(cluster, cluster.recovery().plan.hash);
            return cluster.attempts() == 1;
          },
          cluster::describe);
      held.awaitRebuilding(Stage.LIMIT);
    }
    assertRecovered(cluster, keys, claim);
  }

  @Test
  @DisplayName(
      "who never wants a rebuild is told of the loss; nothing is touched until told otherwise")
  @Tag("S07")
  void refuses() {
    TestCluster cluster = startedWith("never", "mode: Never");
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    long generation = cluster.statefulSet().getMetadata().getGeneration();
    try (HeldDown held = HeldDown.of(cluster, LOST)) {
      Stage.awaitReason(cluster, "RecoveryOff");
      Duration twice = Stage.DOWN_GRACE_PERIOD.multipliedBy(2);
      Await.until(
          "the loss was observed for twice the window",
          Stage.LIMIT,
          () -> Duration.parse(cluster.recovery().evidence.observedLost).compareTo(twice) > 0,
          cluster::describe);
      assertThat(cluster.attempts()).isZero();
      assertThat(cluster.statefulSet().getMetadata().getGeneration()).isEqualTo(generation);
      patch(cluster, "{\"spec\": {\"recovery\": {\"mode\": \"Automatic\"}}}");
      held.awaitRebuilding(Stage.LIMIT);
    }
    assertRecovered(cluster, keys, claim);
  }

  @Test
  @DisplayName(
      "who allows one rebuild within a while has the next loss held, until the members are back or more are allowed")
  @Tag("S22")
  void bounds() {
    TestCluster cluster = startedWith("bound", "maxAttempts: 1");
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    try (HeldDown held = HeldDown.of(cluster, LOST)) {
      held.awaitRebuilding(Stage.LIMIT);
    }
    assertRecovered(cluster, keys, claim);
    try (DownForAWhile down = DownForAWhile.begin(STAGE, cluster)) {
      Stage.awaitReason(cluster, "AttemptsExhausted");
      down.endWithNothingLost();
    }
    try (HeldDown held = HeldDown.of(cluster, LOST)) {
      Stage.awaitReason(cluster, "AttemptsExhausted");
      STAGE.awaitCondition(cluster, "RecoveryBlocked", "True");
      assertThat(cluster.attempts()).isEqualTo(1);
      patch(cluster, "{\"spec\": {\"recovery\": {\"maxAttempts\": 2, \"coolDown\": \"1s\"}}}");
      held.awaitRebuilding(Stage.LIMIT);
    }
    assertThat(cluster.attempts()).isEqualTo(2);
    assertRecovered(cluster, keys, claim);
  }

  private static TestCluster startedWith(String name, String setting) {
    TestCluster cluster = STAGE.cluster(name);
    cluster.startWith(ManifestText.with(Stage.manifest(name, 3, Stage.VERSION), setting), 3);
    return cluster;
  }

  private static void assertRecovered(TestCluster cluster, Map<String, String> keys, String claim) {
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
  }

  private static void annotate(TestCluster cluster, String hash) {
    patch(
        cluster,
        "{\"metadata\": {\"annotations\": {\"operator.etcd.io/approve-recovery\": \"%s\"}}}"
            .formatted(hash));
  }

  private static void patch(TestCluster cluster, String merge) {
    cluster
        .client()
        .resources(EtcdCluster.class)
        .inNamespace(cluster.namespace())
        .withName(cluster.name())
        .patch(PatchContext.of(PatchType.JSON_MERGE), merge);
  }
}
