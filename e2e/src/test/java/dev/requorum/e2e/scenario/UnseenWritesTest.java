package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import dev.requorum.fabric8.status.DataLossStatus;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A survivor that lacks seven acknowledged writes, of which the operator saw four")
class UnseenWritesTest {

  @RegisterExtension static final Stage STAGE = Stage.named("unseen-writes");

  private static final int BEHIND = 2;
  private static final List<Integer> LOST = List.of(0, 1);
  private static final int SEEN = 4;
  private static final int UNSEEN = 3;

  @Test
  @DisplayName(
      "exactly these are lost, and the account says so: at least four, no upper bound, all before is kept (S20)")
  @Tag("S20")
  @Tag("S21")
  void areCounted() {
    TestCluster cluster = STAGE.healthyCluster("lost", 3);
    AcknowledgedWrites kept = write(new AcknowledgedWrites(cluster, 0, "kept/"), 5);
    Await.until(
        "the member that is going to be behind has all so far",
        Stage.LIMIT,
        () -> kept.keptBy(BEHIND).equals(kept.keys()),
        cluster::describe);
    long survivors = cluster.memberStatus(BEHIND).revision();
    AcknowledgedWrites lost = new AcknowledgedWrites(cluster, 0, "lost/");
    long latest = writeWithoutTheSurvivor(cluster, lost, survivors);
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);

    DataLossStatus loss = cluster.recovery().dataLoss;
    assertThat(loss.retainedRevision).isEqualTo(survivors);
    assertThat(loss.lostRevisionsAtLeast).isBetween((long) SEEN, latest - survivors);
    assertThat(loss.lostRevisionsAtMost).as("nobody can know").isNull();
    assertThat(loss.message)
        .contains("at least %d revisions are lost".formatted(loss.lostRevisionsAtLeast))
        .contains("Nobody can know whether more is lost");
    assertThat(cluster.condition("DataLossPossible")).isEqualTo("True");
    for (int member : TestCluster.ordinals(3)) {
      assertThat(kept.keptBy(member)).as("kept by %d", member).isEqualTo(kept.keys());
      assertThat(lost.keptBy(member)).as("lost, and on %d", member).isEmpty();
    }
  }

  /**
   * The operator sees the first of them; after the others both members are gone.
   *
   * @return the last revision of all: a write that was given up may have one too
   */
  private static long writeWithoutTheSurvivor(
      TestCluster cluster, AcknowledgedWrites lost, long survivors) {
    try (Partition cut = Partition.between(STAGE, cluster, List.of(BEHIND), LOST)) {
      write(lost, SEEN);
      Await.until(
          "the operator has seen %d revisions after %d".formatted(SEEN, survivors),
          Stage.LIMIT,
          () -> seen(cluster) >= survivors + SEEN,
          cluster::describe);
      write(lost, UNSEEN);
      assertThat(lost.keys()).hasSize(SEEN + UNSEEN);
      long latest = cluster.memberStatus(0).revision();
      assertThat(latest - survivors).isGreaterThanOrEqualTo(SEEN + UNSEEN);
      assertThat(cluster.memberStatus(BEHIND).revision()).isEqualTo(survivors);
      try (HeldDown held = HeldDown.of(cluster, LOST)) {
        held.awaitRebuilding(Stage.LIMIT);
      }
      assertThat(cut).isNotNull();
      return latest;
    }
  }

  /** Until so many more are acknowledged. */
  private static AcknowledgedWrites write(AcknowledgedWrites writes, int more) {
    int wanted = writes.keys().size() + more;
    Await.until(
        "%d writes are acknowledged".formatted(wanted),
        Stage.LIMIT,
        () -> writes.write() && writes.keys().size() >= wanted,
        writes::keys);
    return writes;
  }

  private static long seen(TestCluster cluster) {
    return cluster.recovery().lastKnown.members.stream()
        .mapToLong(member -> member.revision)
        .max()
        .orElse(0);
  }
}
