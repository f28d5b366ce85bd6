package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.e2e.safety.Rule;
import dev.requorum.e2e.world.Await;
import dev.requorum.fabric8.ClaimAnnotations;
import dev.requorum.fabric8.status.DataLossStatus;
import io.fabric8.kubernetes.api.model.Event;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName(
    "Six writes that 0 and 1 acknowledged while 2 was cut off, and that are lost with their"
        + " volumes")
@OnAnySite(endsTheOperator = true)
class LostWritesTest {

  private static final int BEHIND = 2;
  private static final List<Integer> LOST = List.of(0, 1);
  private static final String LAST = "six/key-6";

  /**
   * What was so when the last of the writes was acknowledged.
   *
   * @param revision of that write
   * @param retained the revision of the member that was cut off
   */
  private record Before(String clusterId, long revision, long retained) {}

  @Nested
  @DisplayName("with the rules")
  class With {

    @RegisterExtension static final Stage STAGE = Stage.named("lost-writes");

    @Test
    @DisplayName(
        "are counted for whoever reads the account, and their revisions are never given out again (S20, S21)")
    @Tag("S20")
    @Tag("S21")
    void areAccountedFor() {
      TestCluster cluster = STAGE.healthyCluster("lost", 3);
      Before before = loseTheWrites(STAGE, cluster);
      DataLossStatus loss = cluster.recovery().dataLoss;
      assertThat(loss.retainedRevision).isEqualTo(before.retained());
      assertThat(loss.lostRevisionsAtLeast).isEqualTo(before.revision() - before.retained());
      assertThat(loss.lostRevisionsAtMost).as("what nobody can know").isNull();
      assertThat(loss.message)
          .contains(
              "at least %d revisions are lost".formatted(before.revision() - before.retained()),
              "was seen at revision %d".formatted(before.revision()),
              "Nobody can know whether more is lost");
      assertThat(cluster.condition("DataLossPossible")).isEqualTo("True");
      STAGE.awaitEvents(cluster, "PossibleDataLoss");
      assertThatThrownBy(() -> lastWriteAt(cluster, before.revision()))
          .hasMessageContaining("required revision has been compacted");
      assertThat(cluster.memberStatus(BEHIND).clusterId()).isNotEqualTo(before.clusterId());
      assertThat(cluster.annotation(BEHIND, ClaimAnnotations.KEPT)).isPresent();
    }
  }

  @Nested
  @Tag(Rule.OFF)
  @DisplayName("without a restore beside the original, forced in place")
  class WithoutRestore {

    @RegisterExtension
    static final Stage STAGE = Stage.without(Rule.BESIDE_THE_ORIGINAL, "in-place");

    @Test
    @DisplayName(
        "were at revisions that the same cluster gives out again, for other writes; no data from before is kept")
    void revisionsHaveTwoMeanings() {
      TestCluster cluster = STAGE.healthyCluster("lost", 3);
      Before before = loseTheWrites(STAGE, cluster);
      Await.until(
          "as many new writes as were lost",
          Stage.LIMIT,
          () -> {
            cluster.put(BEHIND, "new", "another history");
            return cluster.memberStatus(BEHIND).revision() >= before.revision();
          },
          cluster::describe);
      assertThat(cluster.memberStatus(BEHIND).clusterId()).isEqualTo(before.clusterId());
      assertThat(lastWriteAt(cluster, before.revision())).isBlank();
      assertThat(cluster.etcdctl(BEHIND, "get", "--rev=" + before.revision(), "new"))
          .contains("another history");
      assertThat(cluster.annotation(BEHIND, ClaimAnnotations.KEPT)).isEmpty();
    }
  }

  @Nested
  @Tag(Rule.OFF)
  @DisplayName("without an account")
  class WithoutAccount {

    @RegisterExtension static final Stage STAGE = Stage.without(Rule.ACCOUNT, "no-account");

    @Test
    @DisplayName("are gone from all members, and nothing that lasts says so")
    void nobodyIsTold() {
      TestCluster cluster = STAGE.healthyCluster("lost", 3);
      loseTheWrites(STAGE, cluster);
      STAGE.awaitEvents(cluster, "RecoveryCompleted");
      STAGE.awaitCondition(cluster, "DataLossPossible", "False");
      assertThat(cluster.recovery().dataLoss).isNull();
      assertThat(cluster.events()).extracting(Event::getReason).doesNotContain("PossibleDataLoss");
    }
  }

  /** Lost, and the cluster is rebuilt from the member that was cut off: no member has them. */
  private static Before loseTheWrites(Stage stage, TestCluster cluster) {
    Before before = loseWhileCutOff(stage, cluster);
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    for (int ordinal : TestCluster.ordinals(3)) {
      assertThat(cluster.count(ordinal, "six/")).as("what member %d has", ordinal).isZero();
    }
    return before;
  }

  private static Before loseWhileCutOff(Stage stage, TestCluster cluster) {
    try (Partition cut = Partition.between(stage, cluster, List.of(BEHIND), LOST)) {
      Before before = write(cluster);
      try (HeldDown held = HeldDown.of(cluster, LOST)) {
        held.awaitRebuilding(Stage.LIMIT);
      }
      cluster.awaitPhase(Stage.LIMIT, "ScalingOut");
      assertThat(cut).isNotNull();
      return before;
    }
  }

  /** Until the operator has seen how far the members are that took part. */
  private static Before write(TestCluster cluster) {
    Await.until(
        "the other two have a leader",
        Stage.LIMIT,
        () -> cluster.tryPut(LOST.get(0), "without-2", "yes"),
        cluster::describe);
    Stage.writeSixKeys(cluster, LOST.get(0));
    MemberStatus written = cluster.memberStatus(LOST.get(0));
    assertThat(cluster.count(BEHIND, "six/")).as("what the member that was cut off has").isZero();
    Stage.awaitSeen(cluster, LOST.get(0), written.revision());
    return new Before(
        written.clusterId(), written.revision(), cluster.memberStatus(BEHIND).revision());
  }

  /** What a client is told that asks how it was at that revision. */
  private static String lastWriteAt(TestCluster cluster, long revision) {
    return cluster.etcdctl(BEHIND, "get", "--print-value-only", "--rev=" + revision, LAST);
  }
}
