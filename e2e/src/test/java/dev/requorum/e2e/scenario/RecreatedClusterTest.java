package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName(
    "An EtcdCluster that was deleted and is made again over the volumes that were retained")
class RecreatedClusterTest {

  @RegisterExtension static final Stage STAGE = Stage.named("recreated");

  private static final int EMPTIED = 1;

  @Test
  @DisplayName(
      "has its data; a member whose volume is missing is none of its former self, but joins anew (S18)")
  @Tag("S18")
  void joinsAnew() {
    TestCluster cluster = STAGE.healthyCluster("again", 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, 0);
    List<MemberStatus> before =
        TestCluster.ordinals(3).stream().map(cluster::memberStatus).toList();
    cluster.delete();
    awaitGone(cluster);
    cluster
        .client()
        .persistentVolumeClaims()
        .inNamespace(STAGE.namespace())
        .withName(cluster.claim(EMPTIED))
        .delete();

    cluster.startWith(Stage.manifest("again", 3, Stage.VERSION), 3);

    for (int ordinal : TestCluster.ordinals(3)) {
      keys.forEach((key, value) -> assertThat(cluster.get(ordinal, key)).contains(value));
      MemberStatus after = cluster.memberStatus(ordinal);
      assertThat(after.clusterId()).isEqualTo(before.get(ordinal).clusterId());
      assertThat(after.memberId().equals(before.get(ordinal).memberId()))
          .isEqualTo(ordinal != EMPTIED);
    }
    assertThat(cluster.voters(EMPTIED)).hasSize(3);
    assertThat(cluster.attempts()).isZero();
  }

  private static void awaitGone(TestCluster cluster) {
    Await.until(
        "all but the volumes of %s is gone".formatted(cluster.name()),
        Stage.LIMIT,
        () ->
            cluster.client().pods().inNamespace(cluster.namespace()).list().getItems().isEmpty()
                && cluster
                        .client()
                        .apps()
                        .statefulSets()
                        .inNamespace(cluster.namespace())
                        .withName(cluster.name())
                        .get()
                    == null
                && cluster
                        .client()
                        .configMaps()
                        .inNamespace(cluster.namespace())
                        .withName(cluster.name() + "-state")
                        .get()
                    == null,
        () -> "something is left");
  }
}
