package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.safety.Rule;
import dev.requorum.e2e.safety.SafetyOperator;
import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Fence before force: the lost majority comes back, out of sight, in a rebuild's midst")
@OnAnySite(endsTheOperator = true)
class FenceTest {

  private static final int SURVIVOR = 2;
  private static final List<Integer> LOST = List.of(0, 1);

  @Nested
  @DisplayName("with the rule")
  class With {

    private static final Path GATE = newGate();

    @RegisterExtension
    static final Stage STAGE =
        Stage.named("fence", SafetyOperator.class, Map.of(SafetyOperator.GATE, GATE.toString()));

    @Test
    @DisplayName("nobody is cut off, it is reported, and no write is missing once it is seen")
    void rebuildIsCalledOff() {
      TestCluster cluster = cluster(STAGE);
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0);
      try (Partition cut = comeBackOutOfSight(STAGE, cluster, writes)) {
        open(GATE);
        STAGE.awaitCondition(cluster, "RecoveryBlocked", "True");
        Condition blocked = cluster.conditionObject("RecoveryBlocked").orElseThrow();
        assertThat(blocked.getMessage())
            .contains("cutting nobody off", "zombies-0", "Kubernetes calls its pod Ready");
        assertThat(writes.write()).isTrue();
        assertThat(cluster.tryPut(SURVIVOR, "who", "the new cluster")).isFalse();
        assertThat(cluster.statefulSet().getSpec().getReplicas()).isEqualTo(3);
        assertThat(cut).isNotNull();
      }
      cluster.awaitPhase(Stage.LIMIT, "");
      cluster.awaitHealthy(3, Stage.LIMIT);
      STAGE.awaitEvents(cluster, "Healed");
      assertThat(cluster.condition("DataLossPossible")).isEqualTo("False");
      for (int ordinal : TestCluster.ordinals(3)) {
        assertThat(writes.keptBy(ordinal)).isEqualTo(writes.keys()).isNotEmpty();
      }
    }
  }

  @Nested
  @Tag(Rule.OFF)
  @DisplayName("without it, forced as soon as it is committed to")
  class Without {

    private static final Path GATE = newGate();

    @RegisterExtension
    static final Stage STAGE =
        Stage.without(Rule.FENCE, "no-fence", Map.of(SafetyOperator.GATE, GATE.toString()));

    @Test
    @DisplayName("two clusters of one id take writes, and each tells its clients something else")
    void twoClusters() {
      TestCluster cluster = cluster(STAGE);
      AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0);
      try (Partition cut = comeBackOutOfSight(STAGE, cluster, writes)) {
        open(GATE);
        awaitWritesOfSurvivor(cluster);
        // So that nothing changes while both are looked at; it may just have restarted the
        // survivor.
        STAGE.operator().kill();
        awaitWritesOfSurvivor(cluster);
        cluster.put(0, "who", "the old cluster");
        assertThat(linearizable(cluster, SURVIVOR)).isEqualTo("the new cluster");
        assertThat(linearizable(cluster, 1)).isEqualTo("the old cluster");
        assertThat(cluster.memberStatus(SURVIVOR).clusterId())
            .isEqualTo(cluster.memberStatus(0).clusterId());
        assertThat(cluster.voters(0)).hasSize(3);
        assertThat(cluster.voters(SURVIVOR)).hasSize(1);
        assertThat(writes.keptBy(SURVIVOR)).isEmpty();
        assertThat(cut).isNotNull();
      }
    }

    private static void awaitWritesOfSurvivor(TestCluster cluster) {
      Await.until(
          "the survivor takes writes on its own",
          Stage.LIMIT,
          () -> cluster.tryPut(SURVIVOR, "who", "the new cluster"),
          cluster::describe);
    }

    private static String linearizable(TestCluster cluster, int ordinal) {
      return cluster.etcdctl(ordinal, "get", "--print-value-only", "who").strip();
    }
  }

  /** One that would be rebuilt in place: both halves are of one id then. */
  private static TestCluster cluster(Stage stage) {
    return stage.healthyClusterInPlace("zombies", 3);
  }

  /**
   * The majority's processes end; when the rebuild is committed to, they are back, cut off from the
   * survivor and the operator, and take writes. Kubernetes sees both sides.
   */
  private static Partition comeBackOutOfSight(
      Stage stage, TestCluster cluster, AcknowledgedWrites writes) {
    Partition cut = Partition.betweenOperatorWith(stage, cluster, List.of(SURVIVOR), LOST);
    LOST.forEach(o -> stage.site().holdDown(stage.namespace(), cluster.pod(o)));
    cluster.awaitPhase(Stage.LIMIT, "Rebuilding");
    LOST.forEach(o -> stage.site().release(stage.namespace(), cluster.pod(o)));
    Await.until("the lost majority takes writes", Stage.LIMIT, writes::write, cluster::describe);
    return cut;
  }

  private static Path newGate() {
    try {
      return Files.createTempDirectory("gate").resolve("open");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void open(Path gate) {
    try {
      Files.createFile(gate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
