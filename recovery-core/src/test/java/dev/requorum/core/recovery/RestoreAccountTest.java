package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.VolumeMark;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S23")
@DisplayName("S23: what a restore from demo-2 writes on the claims, and what it says of itself")
class RestoreAccountTest {

  @Test
  @DisplayName(
      "every claim keeps its former directory, and the survivor's also those of failed tries")
  void keeps() {
    Look look = stopped().volume(1, "claim-1").restore(pod("i-1-3", RestoreView.State.SUCCEEDED));
    Decision decision = step(look, Step.ADOPT, 3);
    List<VolumeMark> marks = ((Action.MarkVolumes) decision.action()).marks();
    KeptDirectory top = kept(Optional.empty());

    assertThat(marks)
        .containsExactlyInAnyOrder(
            new VolumeMark("demo-1", "claim-1", marks("i-1-3", Optional.empty(), top)),
            new VolumeMark(
                "demo-2",
                "claim-2",
                marks(
                    "i-1-3",
                    Optional.of(Look.id(2)),
                    top,
                    kept(Optional.of("i-1-1")),
                    kept(Optional.of("i-1-2")))));
  }

  @Test
  @DisplayName("a try whose pod is not there is made again as it is recorded")
  void sameTry() {
    Action.Restore restore = (Action.Restore) step(stopped(), Step.RESTORE, 2).action();
    assertThat(restore.order().directory()).isEqualTo("i-1-2");
  }

  @Test
  @DisplayName("a restore that is under way says so, or what Kubernetes says of its pod")
  void underWay() {
    Look look = stopped().restore(pod("i-1-1", RestoreView.State.UNDER_WAY));
    assertThat(step(look, Step.RESTORE, 1).message()).endsWith("into i-1-1: under way");
    look.restore(RestorePods.pod("i-1-1", RestoreView.State.UNDER_WAY, "ErrImagePull"));
    assertThat(step(look, Step.RESTORE, 1).message()).endsWith("into i-1-1: ErrImagePull");
  }

  @Test
  @DisplayName("one that failed for good says what the copy takes and how large the claim is")
  void room() {
    Look look =
        stopped().restore(RestorePods.pod("i-1-3", RestoreView.State.FAILED, "no space left"));
    String needed =
        "3 times: no space left (the copy takes %d bytes or more, and 64 MB for a write-ahead log"
            .formatted(Recorded.DATABASE_BYTES);
    assertThat(step(look, Step.RESTORE, 3).message())
        .contains(needed + "). Nothing is lost by that");
    look.volume(2, RestoreAccountTest::ofAMegabyte);
    assertThat(step(look, Step.RESTORE, 3).message())
        .contains(needed + "; claim etcd-data-demo-2 has 1000000 bytes in all).");
  }

  @Test
  @DisplayName("and neither where neither is known")
  void unknownRoom() {
    Look look =
        stopped().restore(RestorePods.pod("i-1-3", RestoreView.State.FAILED, "no space left"));
    RecoveryRecord record = Recorded.restoring(look, Step.RESTORE, 2, 3);
    Incident incident = record.incident().orElseThrow();
    RecoveryPlan plan =
        new RecoveryPlan(
            Strategy.RESTORE, "", incident.survivor().orElseThrow(), 1000, List.of(), "0a1b2c");
    Incident ofBefore = IncidentDraft.of(incident).planning(Optional.of(plan)).build();
    Decision decision = RebuildTest.step(look, record.withIncident(Optional.of(ofBefore)));
    assertThat(decision.message()).contains("3 times: no space left. Nothing is lost by that");
  }

  @Test
  @DisplayName("a survivor that is silent after it was started says what its pod says")
  void silence() {
    Look look = started();
    assertThat(step(look, Step.VERIFY, 1).message()).endsWith("demo-2: it does not answer");
    look.pod(2, Pods.detail("CrashLoopBackOff"));
    assertThat(step(look, Step.VERIFY, 1).message())
        .endsWith("demo-2: it does not answer: CrashLoopBackOff");
  }

  @Test
  @DisplayName("each step that is entered says what for")
  void purposes() {
    Look alone = lost().window(2, 3);
    assertThat(step(alone, Step.FENCE, 0).message()).isEqualTo("only demo-2 can run; stopping it");
    assertThat(step(stopped(), Step.STOP, 0).message())
        .isEqualTo("demo-2 is stopped; restoring its database beside the original");
    Look restored = stopped().restore(pod("i-1-1", RestoreView.State.SUCCEEDED));
    assertThat(step(restored, Step.RESTORE, 1).message())
        .isEqualTo("the database of demo-2 is restored; starting it on that");
    assertThat(step(started(), Step.ADOPT, 1).message())
        .isEqualTo("demo-2 was started on what was restored");
  }

  @Test
  @DisplayName("who still runs is said, and on which node")
  void whoRuns() {
    assertThat(step(stopped().pod(1, false, false), Step.STOP, 0).message())
        .endsWith("pod demo-1 is still there on node node-1");
    Look unbound = stopped().pod(1, false, false).pod(1, Pods.unbound());
    assertThat(step(unbound, Step.STOP, 0).message()).endsWith("pod demo-1 is still there");
  }

  private static Look lost() {
    return healthy(3).leaderless().gone(0).gone(1);
  }

  private static Look stopped() {
    return lost().noPod(2).window(2, 2);
  }

  private static Look started() {
    return lost()
        .window(2, 3)
        .silent(2)
        .volume(2, v -> v.marked(marks("i-1-1", Optional.of(Look.id(2)), kept(Optional.empty()))))
        .initialCluster(Optional.of(InitialCluster.sealed().in(Optional.of("i-1-1"))));
  }

  private static VolumeMarks marks(
      String directory, Optional<MemberId> member, KeptDirectory... kept) {
    return new VolumeMarks(Optional.of(directory), member, List.of(kept));
  }

  private static KeptDirectory kept(Optional<String> directory) {
    return new KeptDirectory(Recorded.INCIDENT, directory);
  }

  private static VolumeView ofAMegabyte(VolumeView v) {
    return new VolumeView(
        v.claim(),
        v.member(),
        v.uid(),
        v.bound(),
        v.terminating(),
        v.youngerThanSet(),
        OptionalLong.of(1_000_000),
        v.marks());
  }

  private static Fact<Optional<RestoreView>> pod(String directory, RestoreView.State state) {
    return RestorePods.pod(directory, state, "");
  }

  private static Decision step(Look look, Step at, int number) {
    Decision decision = RebuildTest.step(look, Recorded.restoring(look, at, 2, number));
    assertThat(decision.reason()).isNotEqualTo(Reason.EVIDENCE_INCOMPLETE);
    return decision;
  }
}
