package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.safety.Rule;
import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Two witnesses: operator and one member are cut off from a majority that goes on")
@OnAnySite(endsTheOperator = true)
class TwoWitnessesTest {

  private static final List<Integer> SEEN = List.of(0);
  private static final List<Integer> UNSEEN = List.of(1, 2);

  @Nested
  @DisplayName("with the rule")
  class With {

    @RegisterExtension static final Stage STAGE = Stage.named("two-witnesses");

    @Test
    @DisplayName("nothing is touched, what to do is said, and no write is missing afterwards (S01)")
    @Tag("S01")
    void nothingIsTouched() {
      TestCluster cluster = STAGE.healthyCluster("cut", 3);
      List<String> before = identities(STAGE, cluster);
      long generation = cluster.statefulSet().getMetadata().getGeneration();
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 1);
      try (Partition cut = cutOff(STAGE, cluster)) {
        STAGE.awaitCondition(cluster, "RecoveryBlocked", "True");
        Condition blocked = cluster.conditionObject("RecoveryBlocked").orElseThrow();
        assertThat(blocked.getReason()).isEqualTo("MemberUnreachable");
        assertThat(blocked.getMessage())
            .contains(
                "cut-1 (",
                "cut-2 (",
                "could fork the cluster",
                "Kubernetes calls its pod Ready",
                "Look for what cuts the operator off");
        Instant longEnough = Instant.now().plus(Stage.DOWN_GRACE_PERIOD.multipliedBy(2));
        Await.until(
            "twice the longer window is over, and the majority takes writes",
            Stage.LIMIT,
            () -> writes.write() && Instant.now().isAfter(longEnough),
            cluster::describe);
        assertThat(cut).isNotNull();
      }
      cluster.awaitHealthy(3, Stage.LIMIT);
      assertThat(cluster.attempts()).isZero();
      assertThat(cluster.phase()).isEmpty();
      assertThat(identities(STAGE, cluster)).isEqualTo(before);
      assertThat(cluster.statefulSet().getMetadata().getGeneration()).isEqualTo(generation);
      for (int ordinal : TestCluster.ordinals(3)) {
        assertThat(writes.keptBy(ordinal)).isEqualTo(writes.keys()).isNotEmpty();
      }
    }
  }

  @Nested
  @Tag(Rule.OFF)
  @DisplayName("without it, by etcd's silence alone")
  class Without {

    @RegisterExtension static final Stage STAGE = Stage.without(Rule.TWO_WITNESSES, "one-witness");

    @Test
    @DisplayName("the minority is forced, and every write of the majority's since the cut is gone")
    void acknowledgedWritesAreGone() {
      TestCluster cluster = STAGE.healthyClusterInPlace("cut", 3);
      cluster.put(0, "before", "yes");
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 1);
      try (Partition cut = cutOff(STAGE, cluster)) {
        Await.until(
            "the majority takes writes until the rebuild ends it",
            Stage.LIMIT,
            () -> !writes.write() && cluster.attempts() == 1,
            cluster::describe);
        assertThat(writes.keys()).hasSizeGreaterThan(1);
        cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
        assertThat(cut).isNotNull();
      }
      cluster.awaitPhase(Stage.LIMIT, "Completed");
      cluster.awaitHealthy(3, Stage.LIMIT);
      assertThat(cluster.recovery().survivor.name).isEqualTo(cluster.pod(0));
      for (int ordinal : TestCluster.ordinals(3)) {
        assertThat(cluster.get(ordinal, "before")).contains("yes");
        assertThat(writes.keptBy(ordinal)).isEmpty();
      }
    }
  }

  private static Partition cutOff(Stage stage, TestCluster cluster) {
    return Partition.betweenOperatorWith(stage, cluster, SEEN, UNSEEN);
  }

  /** The uids of all pods and claims. */
  private static List<String> identities(Stage stage, TestCluster cluster) {
    return TestCluster.ordinals(3).stream()
        .map(
            ordinal ->
                cluster.claimUid(ordinal)
                    + " "
                    + stage
                        .site()
                        .client()
                        .pods()
                        .inNamespace(stage.namespace())
                        .withName(cluster.pod(ordinal))
                        .require()
                        .getMetadata()
                        .getUid())
        .toList();
  }
}
