package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.Party;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@DisplayName("Nothing is rebuilt")
class NoRecoveryTest {

  private Stage stage;

  @BeforeEach
  void open(TestInfo test) {
    String namespace = "none-" + test.getTestMethod().orElseThrow().getName().toLowerCase();
    stage = Stage.open(namespace);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  @DisplayName("when a loss heals inside the window; the next one starts from zero (S02)")
  @Tag("S02")
  void healsInside() {
    TestCluster cluster = stage.healthyCluster("heals", 3);
    Instant first = loseForAMoment(cluster);
    Instant healed = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant second = loseForAMoment(cluster);
    assertThat(second).isAfterOrEqualTo(healed).isAfter(first);
    assertThat(cluster.attempts()).isZero();
    assertThat(cluster.condition("DataLossPossible")).isEqualTo("False");
  }

  /** Loses the quorum and has it back inside the window; since when the loss was on record. */
  private Instant loseForAMoment(TestCluster cluster) {
    List<Integer> down = List.of(0, 1);
    down.forEach(o -> stage.site().holdDown(stage.namespace(), cluster.pod(o)));
    cluster.awaitPhase(Stage.LIMIT, "Detecting");
    Instant detected = Instant.parse(cluster.recovery().detectedAt);
    down.forEach(o -> stage.site().release(stage.namespace(), cluster.pod(o)));
    cluster.awaitHealthy(3, Stage.LIMIT);
    cluster.awaitPhase(Stage.LIMIT, "");
    return detected;
  }

  @Test
  @DisplayName("when one member of three loses its disk: it is replaced under a new id (S02)")
  @Tag("S02")
  void oneDiskLost() {
    TestCluster cluster = stage.healthyCluster("one-disk", 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, 0);
    String formerId = cluster.memberStatus(1).memberId();
    try (HeldDown once = HeldDown.of(cluster, List.of(1))) {
      assertThat(once).isNotNull();
    }
    Await.until(
        "member 1 is back under another id",
        Stage.LIMIT,
        () -> isReplaced(cluster, formerId),
        cluster::describe);
    cluster.awaitHealthy(3, Stage.LIMIT);
    assertThat(cluster.get(1, keys.keySet().iterator().next())).isPresent();
    assertThat(cluster.attempts()).isZero();
  }

  private static boolean isReplaced(TestCluster cluster, String formerId) {
    try {
      return !cluster.memberStatus(1).memberId().equals(formerId) && cluster.voters(0).size() == 3;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  @Test
  @DisplayName("of a cluster of one member (S03)")
  @Tag("S03")
  void singleMember() {
    TestCluster cluster = stage.healthyCluster("single", 1);
    stage.site().holdDown(stage.namespace(), cluster.pod(0));
    Await.until(
        "the operator says that the only member is missing",
        Stage.LIMIT,
        () -> reason(cluster, "RecoveryBlocked").equals("SingleMember"),
        cluster::describe);
    assertThat(cluster.phase()).isEmpty();
    assertThat(cluster.attempts()).isZero();
    stage.site().release(stage.namespace(), cluster.pod(0));
    cluster.awaitHealthy(1, Stage.LIMIT);
  }

  @Test
  @DisplayName("while the majority may be alive where the operator cannot see it (S01, S05)")
  @Tag("S01")
  @Tag("S05")
  void operatorCutOff() {
    TestCluster cluster = stage.healthyCluster("cut-off", 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, 0);
    Party operator = Party.process("operator-" + stage.namespace());
    List<Party> members =
        TestCluster.ordinals(3).stream()
            .map(o -> stage.world().pod(stage.namespace(), cluster.pod(o)).party())
            .toList();
    members.forEach(member -> stage.world().cut(operator, member));
    Await.until(
        "the operator says that it cannot tell",
        Stage.LIMIT,
        () -> cluster.condition("Available").equals("Unknown"),
        cluster::describe);
    long start = System.nanoTime();
    cluster.put(2, "written/while-cut-off", "yes");
    Await.until(
        "twice the window is over",
        Duration.ofSeconds(30),
        () -> System.nanoTime() - start > Stage.DOWN_GRACE_PERIOD.multipliedBy(2).toNanos(),
        cluster::describe);
    assertThat(cluster.attempts()).isZero();
    assertThat(cluster.phase()).isNotIn("Rebuilding", "ScalingOut", "Completed");
    members.forEach(member -> stage.world().heal(operator, member));
    cluster.awaitHealthy(3, Stage.LIMIT);
    assertThat(cluster.get(1, "written/while-cut-off")).contains("yes");
    assertThat(cluster.count(1, "six/")).isEqualTo(keys.size());
  }

  private static String reason(TestCluster cluster, String type) {
    return cluster.conditionObject(type).map(Condition::getReason).orElse("");
  }
}
