package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.fabric8.status.DataLossStatus;
import dev.requorum.fabric8.status.RecoveryStatus;
import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnAnySite
@DisplayName("The only member left was restarted without a quorum, so that it serves no clients;")
class RestartedSurvivorTest {

  private static final int SURVIVOR = 1;
  private static final List<Integer> LOST = List.of(0, 2);

  @RegisterExtension static final Stage STAGE = Stage.named("restarted");

  @Test
  @DisplayName("the cluster is restored from its volume, with every key, and the account says so")
  @Tag("S23")
  @Tag("S24")
  void isRestored() {
    TestCluster cluster = STAGE.cluster("restarted");
    cluster.startWith(
        ManifestText.with(Stage.manifest("restarted", 3, Stage.VERSION), "mode: Never"), 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    long written = cluster.memberStatus(SURVIVOR).revision();
    awaitSeenAt(cluster, written);
    String claim = cluster.claimUid(SURVIVOR);
    RestoreCheck check = RestoreCheck.before(cluster, 3, SURVIVOR, List.of(SURVIVOR));

    try (HeldDown held = HeldDown.of(cluster, LOST)) {
      Stage.awaitReason(cluster, "RecoveryOff");
      restart(cluster);
      awaitPlan(cluster, written);
      assertThat(cluster.attempts()).isZero();
      recoverFromNowOn(cluster);
      held.awaitRebuilding(Stage.LIMIT);
    }

    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
    RecoveryAssertions.assertRestored(check);
    RecoveryAssertions.assertAnnounced(STAGE, cluster);
    assertThat(cluster.recovery().survivor)
        .returns("LastSeen", survivor -> survivor.basis)
        .returns(written, survivor -> survivor.revision);
    DataLossStatus loss = cluster.recovery().dataLoss;
    assertThat(loss.retainedRevision).isEqualTo(written);
    assertThat(loss.lostRevisionsAtMost).as("nobody can know").isNull();
    assertThat(loss.message)
        .contains("the only member left. It served no clients, so that it could not be asked")
        .contains("it was last seen at revision " + written);
    cluster.delete();
  }

  private static void awaitSeenAt(TestCluster cluster, long revision) {
    Await.until(
        "the operator has seen all members at revision " + revision,
        Stage.LIMIT,
        () ->
            cluster.recovery().lastKnown.members.stream()
                .allMatch(member -> member.revision >= revision),
        cluster::describe);
  }

  /** That what member 1 has is known from before the loss only is said in words and in figures. */
  private static void awaitPlan(TestCluster cluster, long seenAt) {
    String inWords =
        ("restoring from restarted-1 (last seen at revision %d; it serves no clients, so that it"
                + " cannot be asked what it has)")
            .formatted(seenAt);
    Await.until(
        "the plan to restore from member 1, which serves no clients",
        Stage.LIMIT,
        () -> {
          RecoveryStatus now = cluster.recovery();
          return now.message.contains(inWords)
              && now.plan != null
              && "LastSeen".equals(now.plan.survivor.basis);
        },
        cluster::describe);
  }

  /** Its volume stays. */
  private static void restart(TestCluster cluster) {
    Resource<Pod> pod =
        cluster.client().pods().inNamespace(cluster.namespace()).withName(cluster.pod(SURVIVOR));
    String before = pod.require().getMetadata().getUid();
    pod.delete();
    Await.until(
        "the pod of member 1 is another one",
        Stage.LIMIT,
        () ->
            Optional.ofNullable(pod.get())
                .filter(now -> !before.equals(now.getMetadata().getUid()))
                .isPresent(),
        cluster::describe);
  }

  private static void recoverFromNowOn(TestCluster cluster) {
    cluster
        .client()
        .resources(EtcdCluster.class)
        .inNamespace(cluster.namespace())
        .withName(cluster.name())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"recovery\": {\"mode\": \"Automatic\"}}}");
  }
}
