package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.e2e.world.Await;
import dev.requorum.fabric8.ClaimAnnotations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("What members had before a restore")
@OnAnySite
class KeptDirectoriesTest {

  @RegisterExtension static final Stage STAGE = Stage.named("kept");

  private static final String FORMER = RestoreCheck.MOUNT + "/member/snap/db";

  @Test
  @DisplayName(
      "is kept until a human acknowledges the loss, and removed from every volume then, and nothing else (S21, S23)")
  @Tag("S21")
  @Tag("S23")
  void isKeptUntilAcknowledged() {
    TestCluster cluster = STAGE.healthyCluster("kept", 3);
    int survivor = 2;
    List<Integer> lost = List.of(0, 1);
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    RestoreCheck check = RestoreCheck.before(cluster, 3, survivor, TestCluster.ordinals(3));
    STAGE.loseProcesses(cluster, lost, 3);
    RecoveryAssertions.assertRestored(check);

    cluster.acknowledgeLoss();

    Await.until(
        "no claim has anything kept on it",
        Stage.LIMIT,
        () ->
            TestCluster.ordinals(3).stream()
                .noneMatch(o -> cluster.annotation(o, ClaimAnnotations.KEPT).isPresent()),
        cluster::describe);
    for (int ordinal : TestCluster.ordinals(3)) {
      assertThatThrownBy(() -> cluster.etcdutl(ordinal, "snapshot", "status", FORMER))
          .hasMessageContaining("no such file or directory");
    }
    Await.until(
        "no Job is left",
        Stage.LIMIT,
        () ->
            STAGE
                .site()
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(STAGE.namespace())
                .list()
                .getItems()
                .isEmpty(),
        cluster::describe);
    STAGE.awaitCondition(cluster, "DataLossPossible", "False");
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
    assertThat(cluster.attempts()).isEqualTo(1);
    cluster.delete();
  }
}
