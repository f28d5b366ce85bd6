package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.Party;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("An operator that is cut off from all members")
class OperatorCutOffTest {

  @RegisterExtension static final Stage STAGE = Stage.named("cut-off");

  @Test
  @DisplayName("rebuilds nothing: the majority may be alive where it cannot see it (S01, S05)")
  @Tag("S01")
  @Tag("S05")
  void rebuildsNothing() {
    TestCluster cluster = STAGE.healthyCluster("cut-off", 3);
    Map<String, String> keys = Stage.writeSixKeys(cluster, 0);
    Party operator = Party.process("operator-" + STAGE.namespace());
    List<Party> members =
        TestCluster.ordinals(3).stream()
            .map(o -> STAGE.world().pod(STAGE.namespace(), cluster.pod(o)).party())
            .toList();
    members.forEach(member -> STAGE.world().cut(operator, member));
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
    members.forEach(member -> STAGE.world().heal(operator, member));
    cluster.awaitHealthy(3, Stage.LIMIT);
    assertThat(cluster.get(1, "written/while-cut-off")).contains("yes");
    assertThat(cluster.count(1, "six/")).isEqualTo(keys.size());
  }
}
