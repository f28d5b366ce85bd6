package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.safety.Rule;
import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName(
    "No amnesia: 1 is cut off, a write is acknowledged by 0 and 2, 2 loses its disk, and 1 comes"
        + " back, but 0 is cut off")
@OnAnySite(endsTheOperator = true)
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
      try (Partition cut = loseOneDisk(STAGE, cluster)) {
        Await.until(
            "the emptied member 2 was refused a start",
            Stage.LIMIT,
            () -> wasRefused(STAGE, cluster),
            cluster::describe);
        assertThat(cluster.tryPut(1, "without-0", "accepted")).isFalse();
        assertThat(cut).isNotNull();
      }
      STAGE.awaitEvents(cluster, "MemberReplaced");
      cluster.awaitHealthy(3, Stage.LIMIT);
      for (int ordinal : TestCluster.ordinals(3)) {
        assertThat(cluster.get(ordinal, KEY)).contains("yes");
      }
      assertThat(cluster.memberStatus(2).memberId()).isNotEqualTo(formerId);
      assertThat(cluster.attempts()).isZero();
    }
  }

  @Nested
  @Tag(Rule.OFF)
  @DisplayName("without it, all members in the initial cluster")
  class Without {

    @RegisterExtension static final Stage STAGE = Stage.without(Rule.SEAL, "no-seal");

    @Test
    @DisplayName("the emptied member votes under its former id, and the quorum has lost the write")
    void theWriteIsGone() {
      TestCluster cluster = start(STAGE);
      String formerId = cluster.memberStatus(2).memberId();
      try (Partition cut = loseOneDisk(STAGE, cluster)) {
        Await.until(
            "members 1 and 2 have a quorum of three without 0",
            Stage.LIMIT,
            () -> cluster.tryPut(1, "without-0", "accepted"),
            cluster::describe);
        assertThat(cluster.memberStatus(2).memberId()).isEqualTo(formerId);
        assertThat(cut).isNotNull();
      }
      awaitFollows(cluster, 0);
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

  /**
   * A write that member 1 has no part in; then member 0 is cut off in its stead, and member 2
   * begins anew with an empty disk.
   *
   * @return the cut between member 0 and the others
   */
  private static Partition loseOneDisk(Stage stage, TestCluster cluster) {
    lead(cluster, 1);
    Partition zeroAndOne = Partition.between(stage, cluster, List.of(0), List.of(1));
    try (Partition oneAndTwo = Partition.between(stage, cluster, List.of(1), List.of(2))) {
      Await.until(
          "members 0 and 2 have a quorum of three without 1",
          Stage.LIMIT,
          () -> cluster.tryPut(0, "without-1", "accepted"),
          cluster::describe);
      // Once: a try that was given up may be delivered when the cut heals.
      cluster.put(0, KEY, "yes");
      assertThat(cluster.get(1, KEY)).isEmpty();
      Partition zeroAndTwo = Partition.between(stage, cluster, List.of(0), List.of(2));
      String claim = cluster.claimUid(2);
      try (HeldDown once = HeldDown.of(cluster, List.of(2))) {
        assertThat(once).isNotNull();
      }
      Await.until(
          "member 2 has an empty disk",
          Stage.LIMIT,
          () -> hasAnotherClaim(stage, cluster, claim),
          cluster::describe);
      assertThat(oneAndTwo).isNotNull();
      return () -> {
        zeroAndOne.close();
        zeroAndTwo.close();
      };
    }
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

  /** Whether its container ended with status 1 and was not let run again since. */
  private static boolean wasRefused(Stage stage, TestCluster cluster) {
    return Optional.ofNullable(
            stage
                .site()
                .client()
                .pods()
                .inNamespace(stage.namespace())
                .withName(cluster.pod(2))
                .get())
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream().findFirst())
        .filter(container -> container.getState().getRunning() == null)
        .flatMap(NoAmnesiaTest::end)
        .filter(end -> end.getExitCode() == 1)
        .isPresent();
  }

  private static Optional<ContainerStateTerminated> end(ContainerStatus container) {
    return Optional.ofNullable(container.getState().getTerminated())
        .or(() -> Optional.ofNullable(container.getLastState()).map(ContainerState::getTerminated));
  }

  /** Makes this member the leader: the others' next one is of a later term. */
  private static void lead(TestCluster cluster, int ordinal) {
    String id = cluster.memberStatus(ordinal).memberId();
    Await.until(
        cluster.pod(ordinal) + " leads",
        Stage.LIMIT,
        () -> isLeaderNow(cluster, ordinal, id),
        cluster::describe);
  }

  private static boolean isLeaderNow(TestCluster cluster, int ordinal, String id) {
    try {
      TestCluster.ordinals(3).stream()
          .filter(other -> other != ordinal && cluster.memberStatus(other).leads())
          .forEach(other -> cluster.etcdctl(other, "move-leader", id));
      return cluster.memberStatus(ordinal).leads();
    } catch (RuntimeException inAnElection) {
      return false;
    }
  }

  /** Its log may be longer than theirs: it takes over what is written beyond its end only. */
  private static void awaitFollows(TestCluster cluster, int ordinal) {
    AtomicInteger written = new AtomicInteger();
    Await.until(
        "member %d follows the others".formatted(ordinal),
        Stage.LIMIT,
        () -> {
          cluster.tryPut(1, "after/" + written.incrementAndGet(), "yes");
          return cluster.count(ordinal, "after/") > 0;
        },
        cluster::describe);
  }
}
