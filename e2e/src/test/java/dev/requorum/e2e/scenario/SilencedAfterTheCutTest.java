package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.safety.SafetyOperator;
import dev.requorum.e2e.world.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

@OnAnySite(endsTheOperator = true)
@Tag(Nodes.SILENT)
@Isolated("it cuts nodes that the others' pods run on off from the API server")
@DisplayName("The lost members' nodes fall silent when a rebuild has cut the StatefulSet")
class SilencedAfterTheCutTest {

  private static final int SURVIVOR = 2;
  private static final List<Integer> LOST = List.of(0, 1);
  private static final Path GATE = newGate();

  @RegisterExtension
  static final Stage STAGE =
      Stage.named("silenced", SafetyOperator.class, Map.of(SafetyOperator.GATE, GATE.toString()));

  @Test
  @DisplayName("it is not gone on with: all run again, and what they acknowledged is kept")
  void isObservedAnew() throws IOException {
    Nodes nodes = Nodes.of(STAGE);
    TestCluster cluster = STAGE.healthyClusterApart("silenced", 3);
    AcknowledgedWrites writes = new AcknowledgedWrites(cluster, 0);
    List<String> silent = LOST.stream().map(o -> STAGE.nodeOf(cluster, o)).toList();
    try (Partition cut = Partition.betweenOperatorWith(STAGE, cluster, List.of(SURVIVOR), LOST)) {
      LOST.forEach(o -> nodes.hold(cluster, o));
      cluster.awaitPhase(Stage.LIMIT, "Rebuilding");
      silent.forEach(nodes::silence);
      try {
        Files.createFile(GATE);
        awaitReplicas(cluster, 1);
        LOST.forEach(o -> nodes.release(cluster, o));
        Await.until(
            "behind the silence, the lost majority takes writes",
            Stage.LIMIT,
            writes::write,
            cluster::describe);
        awaitReplicas(cluster, 3);
        STAGE.awaitCondition(cluster, "RecoveryBlocked", "True");
        assertThat(cluster.conditionObject("RecoveryBlocked").orElseThrow().getReason())
            .isEqualTo("MemberUnreachable");
        assertThat(writes.write()).isTrue();
        assertThat(cluster.tryPut(SURVIVOR, "who", "the new cluster")).isFalse();
        waitLonger(cluster);
      } finally {
        silent.forEach(nodes::hear);
      }
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

  /**
   * The pods are deleted when their nodes report, and begin anew: on a slow machine that is a loss
   * of its own, which takes longer than the short windows.
   */
  private static void waitLonger(TestCluster cluster) {
    Duration windows = Duration.ofMinutes(10);
    String manifest = ManifestText.cluster("silenced", 3, Stage.VERSION, windows, windows);
    cluster.apply(ManifestText.apart("silenced", manifest));
  }

  private static void awaitReplicas(TestCluster cluster, int replicas) {
    Await.until(
        "the StatefulSet runs " + replicas,
        Stage.LIMIT,
        () -> cluster.statefulSet().getSpec().getReplicas() == replicas,
        cluster::describe);
  }

  private static Path newGate() {
    try {
      return Files.createTempDirectory("gate").resolve("open");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
