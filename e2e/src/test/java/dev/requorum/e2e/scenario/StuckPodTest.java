package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnAnySite
@DisplayName("A lost member's pod does not go away while a rebuild cuts it off")
class StuckPodTest {

  @RegisterExtension static final Stage STAGE = Stage.named("stuck");

  private static final String FINALIZER = "requorum.dev/e2e-stuck";
  private static final int SURVIVOR = 2;
  private static final List<Integer> LOST = List.of(0, 1);

  @Test
  @DisplayName("it holds the fence, is named, and nothing is forced before it is gone")
  void holdsTheFence() {
    TestCluster cluster = STAGE.healthyCluster("stuck", 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, SURVIVOR);
    String claim = cluster.claimUid(SURVIVOR);
    editFinalizer(cluster, true);
    LOST.forEach(o -> STAGE.site().holdDown(STAGE.namespace(), cluster.pod(o)));
    Await.until(
        "the fence waits for the pod",
        Stage.LIMIT,
        () ->
            cluster.statefulSet().getSpec().getReplicas() == 1
                && "Fencing".equals(cluster.recovery().reason)
                && cluster.recovery().message.contains("pod stuck-0 is still there"),
        cluster::describe);
    String survivor = podUid(cluster);
    Instant longEnough = Instant.now().plus(Stage.DOWN_GRACE_PERIOD.multipliedBy(2));
    Await.until(
        "twice the longer window is over",
        Stage.LIMIT,
        () -> Instant.now().isAfter(longEnough),
        cluster::describe);
    assertThat(cluster.phase()).isEqualTo("Rebuilding");
    assertThat(podUid(cluster)).isEqualTo(survivor);
    assertThat(cluster.tryPut(SURVIVOR, "forced", "yes")).isFalse();
    editFinalizer(cluster, false);
    cluster.awaitPhase(Stage.LIMIT, "ScalingOut", "Completed");
    LOST.forEach(o -> STAGE.site().release(STAGE.namespace(), cluster.pod(o)));
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    RecoveryAssertions.assertRecovered(cluster, SURVIVOR, 3, keys, claim);
  }

  private static String podUid(TestCluster cluster) {
    return STAGE
        .site()
        .client()
        .pods()
        .inNamespace(STAGE.namespace())
        .withName(cluster.pod(SURVIVOR))
        .require()
        .getMetadata()
        .getUid();
  }

  private static void editFinalizer(TestCluster cluster, boolean stuck) {
    STAGE
        .site()
        .client()
        .pods()
        .inNamespace(STAGE.namespace())
        .withName(cluster.pod(0))
        .edit(
            pod ->
                new PodBuilder(pod)
                    .editMetadata()
                    .withFinalizers(stuck ? List.of(FINALIZER) : List.of())
                    .endMetadata()
                    .build());
  }
}
