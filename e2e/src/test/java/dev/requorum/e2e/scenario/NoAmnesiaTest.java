package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.safety.Rule;
import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName(
    "No amnesia: member 1 is down, a write is acknowledged by 0 and 2, all stop, 2 loses its disk,"
        + " and 0 comes back last")
class NoAmnesiaTest {

  private static final String KEY = "acknowledged";

  @Nested
  @DisplayName("with the rule")
  class With {

    @RegisterExtension static final Stage STAGE = Stage.named("amnesia");

    @Test
    @DisplayName("the emptied member stays out, is replaced later, and the write survives (S02)")
    @Tag("S02")
    void theWriteSurvives() {
      TestCluster cluster = start(STAGE);
      String formerId = cluster.memberStatus(2).memberId();
      loseOneDiskInAStop(STAGE, cluster);
      Await.until(
          "member 1 runs, and the emptied member 2 was refused a start",
          Stage.LIMIT,
          () -> isRunning(STAGE, cluster, 1) && wasRefused(STAGE, cluster),
          cluster::describe);
      assertThat(cluster.tryPut(1, "without-0", "accepted")).isFalse();
      STAGE.site().release(STAGE.namespace(), cluster.pod(0));
      cluster.awaitHealthy(3, Stage.LIMIT);
      for (int ordinal : TestCluster.ordinals(3)) {
        assertThat(cluster.get(ordinal, KEY)).contains("yes");
      }
      assertThat(cluster.memberStatus(2).memberId()).isNotEqualTo(formerId);
      STAGE.awaitEvents(cluster, "MemberReplaced");
      assertThat(cluster.attempts()).isZero();
    }
  }

  @Nested
  @DisplayName("without it, all members in the initial cluster")
  class Without {

    @RegisterExtension static final Stage STAGE = Stage.without(Rule.SEAL, "no-seal");

    @Test
    @DisplayName("the emptied member votes under its former id, and the quorum has lost the write")
    void theWriteIsGone() {
      TestCluster cluster = start(STAGE);
      String formerId = cluster.memberStatus(2).memberId();
      loseOneDiskInAStop(STAGE, cluster);
      Await.until(
          "members 1 and 2 have a quorum of three without 0",
          Stage.LIMIT,
          () -> cluster.tryPut(1, "without-0", "accepted"),
          cluster::describe);
      assertThat(cluster.memberStatus(2).memberId()).isEqualTo(formerId);
      STAGE.site().release(STAGE.namespace(), cluster.pod(0));
      Await.until(
          "member 0 follows them",
          Stage.LIMIT,
          () -> tryGet(cluster, 0, "without-0").isPresent(),
          cluster::describe);
      assertThat(cluster.etcdctl(1, "get", KEY)).as("a linearizable read").isBlank();
      assertThat(cluster.get(1, KEY)).isEmpty();
      assertThat(cluster.get(2, KEY)).isEmpty();
      assertThat(cluster.condition("DataLossPossible")).as("anybody noticed").isEqualTo("False");
    }
  }

  /** With windows so long that no rebuild comes in between. */
  private static TestCluster start(Stage stage) {
    TestCluster cluster = stage.cluster("disk");
    Duration windows = Duration.ofMinutes(5);
    cluster.startWith(ManifestText.cluster("disk", 3, Stage.VERSION, windows, windows), 3);
    return cluster;
  }

  /** Until members 1 and 2, the latter without its disk, are let go. */
  private static void loseOneDiskInAStop(Stage stage, TestCluster cluster) {
    stage.site().holdDown(stage.namespace(), cluster.pod(1));
    Await.until(
        "members 0 and 2 acknowledge a write",
        Stage.LIMIT,
        () -> cluster.tryPut(0, KEY, "yes"),
        cluster::describe);
    List.of(0, 2).forEach(o -> stage.site().holdDown(stage.namespace(), cluster.pod(o)));
    String claim = cluster.claimUid(2);
    try (HeldDown once = HeldDown.of(cluster, List.of(2))) {
      assertThat(once).isNotNull();
    }
    Await.until(
        "member 2 has an empty disk",
        Stage.LIMIT,
        () -> hasAnotherClaim(stage, cluster, claim),
        cluster::describe);
    List.of(1, 2).forEach(o -> stage.site().release(stage.namespace(), cluster.pod(o)));
  }

  private static boolean hasAnotherClaim(Stage stage, TestCluster cluster, String former) {
    var claim =
        stage
            .site()
            .client()
            .persistentVolumeClaims()
            .inNamespace(stage.namespace())
            .withName(cluster.claim(2))
            .get();
    return claim != null && !claim.getMetadata().getUid().equals(former);
  }

  private static boolean isRunning(Stage stage, TestCluster cluster, int ordinal) {
    return state(stage, cluster, ordinal).map(ContainerState::getRunning).isPresent();
  }

  private static boolean wasRefused(Stage stage, TestCluster cluster) {
    return state(stage, cluster, 2)
        .map(ContainerState::getWaiting)
        .filter(wait -> wait.getMessage().contains("ended with status 1"))
        .isPresent();
  }

  private static Optional<ContainerState> state(Stage stage, TestCluster cluster, int ordinal) {
    return Optional.ofNullable(
            stage
                .site()
                .client()
                .pods()
                .inNamespace(stage.namespace())
                .withName(cluster.pod(ordinal))
                .get())
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream().findFirst())
        .map(ContainerStatus::getState);
  }

  private static Optional<String> tryGet(TestCluster cluster, int ordinal, String key) {
    try {
      return cluster.get(ordinal, key);
    } catch (RuntimeException notYet) {
      return Optional.empty();
    }
  }
}
