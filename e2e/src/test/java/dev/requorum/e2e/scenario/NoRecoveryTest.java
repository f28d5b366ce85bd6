package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Nothing is rebuilt")
@OnAnySite
class NoRecoveryTest {

  @RegisterExtension static final Stage STAGE = Stage.named("none");

  /** Longer than a pod takes to start, however busy the machine. */
  private static final Duration TO_HEAL_INSIDE = Duration.ofSeconds(60);

  @Test
  @DisplayName("when a loss heals inside the window; the next one starts from zero (S02)")
  @Tag("S02")
  void healsInside() {
    TestCluster cluster = STAGE.cluster("heals");
    cluster.startWith(
        ManifestText.cluster("heals", 3, Stage.VERSION, Stage.GRACE_PERIOD, TO_HEAL_INSIDE), 3);
    Instant first = loseForAMoment(cluster);
    Instant healed = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant second = loseForAMoment(cluster);
    assertThat(second).isAfterOrEqualTo(healed).isAfter(first);
    assertThat(cluster.attempts()).isZero();
    assertThat(cluster.condition("DataLossPossible")).isEqualTo("False");
    cluster.delete();
  }

  /** Loses the quorum and has it back inside the window; since when the loss was on record. */
  private static Instant loseForAMoment(TestCluster cluster) {
    List<Integer> down = List.of(0, 1);
    down.forEach(o -> STAGE.site().holdDown(STAGE.namespace(), cluster.pod(o)));
    cluster.awaitPhase(Stage.LIMIT, "Detecting");
    Instant detected = Instant.parse(cluster.recovery().detectedAt);
    down.forEach(o -> STAGE.site().release(STAGE.namespace(), cluster.pod(o)));
    cluster.awaitHealthy(3, Stage.LIMIT);
    cluster.awaitPhase(Stage.LIMIT, "");
    return detected;
  }

  @Test
  @DisplayName("when one member of three loses its disk: it is replaced under a new id (S02)")
  @Tag("S02")
  void oneDiskLost() {
    TestCluster cluster = STAGE.healthyCluster("one-disk", 3);
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
    assertThat(cluster.voters(0)).hasSize(3);
    STAGE.awaitEvents(cluster, "MemberReplaced");
    assertThat(cluster.attempts()).isZero();
    cluster.delete();
  }

  private static boolean isReplaced(TestCluster cluster, String formerId) {
    try {
      return !cluster.memberStatus(1).memberId().equals(formerId) && cluster.voters(0).size() == 3;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  @Test
  @DisplayName("when one member of three is down for longer than the windows (S02)")
  @Tag("S02")
  void oneMemberDown() {
    TestCluster cluster = STAGE.healthyCluster("one-down", 3);
    STAGE.site().holdDown(STAGE.namespace(), cluster.pod(2));
    Await.until(
        "the operator sees two members only",
        Stage.LIMIT,
        () -> Integer.valueOf(2).equals(cluster.status().readyReplicas),
        cluster::describe);
    Instant longEnough = Instant.now().plus(Stage.DOWN_GRACE_PERIOD.multipliedBy(2));
    Await.until(
        "twice the longer window is over, and the others take writes",
        Stage.LIMIT,
        () -> cluster.tryPut(0, "meanwhile", "yes") && Instant.now().isAfter(longEnough),
        cluster::describe);
    assertThat(cluster.phase()).isEmpty();
    STAGE.site().release(STAGE.namespace(), cluster.pod(2));
    cluster.awaitHealthy(3, Stage.LIMIT);
    assertThat(cluster.get(2, "meanwhile")).contains("yes");
    assertThat(cluster.attempts()).isZero();
    cluster.delete();
  }

  @Test
  @DisplayName("of a cluster of one member (S03)")
  @Tag("S03")
  void singleMember() {
    TestCluster cluster = STAGE.healthyCluster("single", 1);
    STAGE.site().holdDown(STAGE.namespace(), cluster.pod(0));
    Await.until(
        "the operator says that the only member is missing",
        Stage.LIMIT,
        () -> reason(cluster, "RecoveryBlocked").equals("SingleMember"),
        cluster::describe);
    assertThat(cluster.phase()).isEmpty();
    assertThat(cluster.attempts()).isZero();
    STAGE.site().release(STAGE.namespace(), cluster.pod(0));
    cluster.awaitHealthy(1, Stage.LIMIT);
    cluster.delete();
  }

  private static String reason(TestCluster cluster, String type) {
    return cluster.conditionObject(type).map(Condition::getReason).orElse("");
  }
}
