package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S23")
@Tag("S26")
@DisplayName("S23, S26: each step of a rebuild from demo-2 by restore, its act, what it waits for")
class RestoringTest {

  private static final String NOTHING = "None";
  private static final String DIRECTORY = "i-1-1";
  private static final ClusterId REBORN = new ClusterId(0xd2);
  private static final MemberId NEW_ID = new MemberId(0x777);

  @ParameterizedTest(name = "{0}: {2}, then {3} ({4})")
  @MethodSource("steps")
  void step(String story, Step at, Look look, String act, Optional<Step> next, Reason reason) {
    Decision decision = RebuildTest.step(look, record(look, at));

    assertThat(decision.action().getClass().getSimpleName()).isEqualTo(act);
    assertThat(decision.next().incident().flatMap(Incident::step)).isEqualTo(next);
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.next().attempts()).isEqualTo(1);
  }

  static Stream<Arguments> steps() {
    return Stream.of(stop(), restore(), adopt(), verify()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> stop() {
    return Stream.of(
        goes("fence: it is up", Step.FENCE, alone(), Step.STOP, Reason.STOPPING),
        goes("fence: nobody runs any more", Step.FENCE, stopped(), Step.STOP, Reason.STOPPING),
        stays("stop: the survivor runs", Step.STOP, alone(), "Resize", Reason.STOPPING),
        stays(
            "stop: its volume is lost, and nobody else has one",
            Step.STOP,
            alone().volume(2, "new"),
            NOTHING,
            Reason.NO_SURVIVOR),
        stays(
            "stop: the verdict is open",
            Step.STOP,
            alone().volume(0, "claim-0").pod(0, true, false).node(0, false, true),
            NOTHING,
            Reason.QUORUM_UNDETERMINED),
        stays(
            "stop: it cannot be told who runs",
            Step.STOP,
            stopped().hidden(WorkloadPart.NODES),
            NOTHING,
            Reason.STOPPING),
        goes("stop: others run", Step.STOP, lost(), Step.FENCE, Reason.FENCING),
        stays(
            "stop: its claim is marked for deletion",
            Step.STOP,
            alone().volume(2, RestoringTest::doomed),
            NOTHING,
            Reason.SURVIVOR_VOLUME_DOOMED),
        stays(
            "stop: its pod has not gone yet",
            Step.STOP,
            stopped().pod(2, false, false),
            NOTHING,
            Reason.STOPPING),
        stays(
            "stop: its node fell silent, so that it may run on",
            Step.STOP,
            stopped().node(2, false, false),
            NOTHING,
            Reason.STOPPING),
        goes("stop: it has stopped", Step.STOP, stopped(), Step.RESTORE, Reason.RESTORING));
  }

  private static Stream<Arguments> restore() {
    return Stream.of(
        stays("restore: no pod", Step.RESTORE, stopped(), "Restore", Reason.RESTORING),
        goes("restore: somebody runs", Step.RESTORE, alone(), Step.STOP, Reason.STOPPING),
        stays(
            "restore: the survivor's volume is lost",
            Step.RESTORE,
            stopped().volume(2, "new"),
            NOTHING,
            Reason.NO_SURVIVOR),
        stays(
            "restore: the pod of a try is being deleted",
            Step.RESTORE,
            stopped().restore(going(pod(DIRECTORY, RestoreView.State.FAILED))),
            NOTHING,
            Reason.RESTORING),
        stays(
            "restore: a quorum is back, and the pod is there",
            Step.RESTORE,
            healthy(3).restore(pod(DIRECTORY, RestoreView.State.UNDER_WAY)),
            "DiscardRestore",
            Reason.RESTORING),
        stays(
            "restore: it cannot be looked for",
            Step.RESTORE,
            stopped().restore(Fact.unknown("timed out")),
            NOTHING,
            Reason.EVIDENCE_INCOMPLETE),
        stays(
            "restore: under way",
            Step.RESTORE,
            stopped().restore(pod(DIRECTORY, RestoreView.State.UNDER_WAY)),
            NOTHING,
            Reason.RESTORING),
        stays(
            "restore: failed",
            Step.RESTORE,
            stopped().restore(pod(DIRECTORY, RestoreView.State.FAILED)),
            "DiscardRestore",
            Reason.RESTORING),
        stays(
            "restore: complete, but of somebody else's making",
            Step.RESTORE,
            stopped().restore(pod("i-0-1", RestoreView.State.SUCCEEDED)),
            "DiscardRestore",
            Reason.RESTORING),
        goes("restore: complete", Step.RESTORE, restored(), Step.ADOPT, Reason.ADOPTING));
  }

  private static Stream<Arguments> adopt() {
    return Stream.of(
        stays("adopt: no marks", Step.ADOPT, restored(), "MarkVolumes", Reason.ADOPTING),
        stays(
            "adopt: marked, but for a claim that is being deleted",
            Step.ADOPT,
            marked(restored()).volume(0, "claim-0").volume(0, RestoringTest::doomed),
            "WriteInitialCluster",
            Reason.ADOPTING),
        stays(
            "adopt: the survivor's volume is lost",
            Step.ADOPT,
            restored().volume(2, "new"),
            NOTHING,
            Reason.NO_SURVIVOR),
        arguments(
            "adopt: a quorum is back, and the members are told of what was restored",
            Step.ADOPT,
            told(healthy(3)),
            "WriteInitialCluster",
            Optional.empty(),
            Reason.HEALED),
        stays(
            "adopt: marked",
            Step.ADOPT,
            marked(restored()),
            "WriteInitialCluster",
            Reason.ADOPTING),
        stays(
            "adopt: told", Step.ADOPT, told(marked(restored())), "DiscardRestore", Reason.ADOPTING),
        stays("adopt: all is ready", Step.ADOPT, adopted(), "Resize", Reason.ADOPTING),
        stays(
            "adopt: the state cannot be read",
            Step.ADOPT,
            marked(restored()).hidden(WorkloadPart.INITIAL_CLUSTER),
            NOTHING,
            Reason.EVIDENCE_INCOMPLETE),
        stays(
            "adopt: a former member's pod is back",
            Step.ADOPT,
            adopted().pod(1, false, false),
            NOTHING,
            Reason.FENCING),
        stays(
            "adopt: a quorum may be back",
            Step.ADOPT,
            healthy(3).leaderless().window(2, 2),
            NOTHING,
            Reason.QUORUM_UNDETERMINED),
        goes("adopt: it runs", Step.ADOPT, started(), Step.VERIFY, Reason.VERIFYING));
  }

  private static Stream<Arguments> verify() {
    return Stream.of(
        stays("verify: it does not answer", Step.VERIFY, started(), NOTHING, Reason.VERIFYING),
        stays(
            "verify: its volume was lost",
            Step.VERIFY,
            started().volume(2, "new"),
            NOTHING,
            Reason.SURVIVOR_NOT_HEALTHY),
        goes(
            "verify: a former member's node fell silent",
            Step.VERIFY,
            started().node(1, false, false),
            Step.ADOPT,
            Reason.ADOPTING),
        stays(
            "verify: it still runs on its original data, and is being restarted",
            Step.VERIFY,
            started().member(2, false).leaderless().pod(2, Pods.terminating()),
            NOTHING,
            Reason.VERIFYING),
        stays(
            "verify: it is not alone",
            Step.VERIFY,
            reborn(s -> status(Optional.of(NEW_ID), 1040))
                .memberList(Fact.known(List.of(self(), another()))),
            NOTHING,
            Reason.VERIFYING),
        stays(
            "verify: it still runs on its original data",
            Step.VERIFY,
            started().member(2, false).leaderless(),
            "RestartPod",
            Reason.VERIFYING),
        stays(
            "verify: it does not lead itself",
            Step.VERIFY,
            reborn(s -> status(Optional.empty(), 1040)),
            NOTHING,
            Reason.VERIFYING),
        stays(
            "verify: its revision was not raised",
            Step.VERIFY,
            reborn(s -> status(Optional.of(NEW_ID), 1039)),
            NOTHING,
            Reason.VERIFYING),
        goes(
            "verify: the state was changed under its feet",
            Step.VERIFY,
            started().initialCluster(Optional.of(InitialCluster.sealed())),
            Step.ADOPT,
            Reason.ADOPTING),
        arguments(
            "verify: it serves",
            Step.VERIFY,
            reborn(s -> status(Optional.of(NEW_ID), 1040)),
            NOTHING,
            Optional.empty(),
            Reason.RECOVERY_SCALING_OUT));
  }

  @Test
  @Tag("S20")
  @DisplayName("S20: what was kept is told in the revisions of before the restore")
  void account() {
    Look look = reborn(s -> status(Optional.of(NEW_ID), 1042));
    RecoveryRecord next = RebuildTest.step(look, record(look, Step.VERIFY)).next();
    DataLoss loss = next.incident().orElseThrow().dataLoss().orElseThrow();

    assertThat(loss.survivor()).isEqualTo(Look.id(2));
    assertThat(loss.retainedRevision()).isEqualTo(40);
    assertThat(next.incident().map(Incident::phase)).contains(Phase.SCALING_OUT);
    assertThat(next.lastKnown().clusterId()).contains(REBORN);
    assertThat(next.lastKnown().directory()).contains(DIRECTORY);
    assertThat(next.lastKnown().members())
        .singleElement()
        .matches(member -> member.id().equals(NEW_ID) && member.name().equals("demo-2"));
  }

  @Test
  @DisplayName("a store that was never written to is raised to the bump itself, and loses nothing")
  void neverWrittenTo() {
    Look look = reborn(s -> status(Optional.of(NEW_ID), 1000));
    RecoveryRecord recorded = record(look, Step.VERIFY);
    Incident incident = recorded.incident().orElseThrow();
    Survivor untouched = new Survivor(Look.id(2), "demo-2", 2, 2, 4, 1);
    Incident ofUntouched =
        IncidentDraft.of(incident)
            .committedTo(untouched, Look.AT)
            .entering(Step.VERIFY, Look.AT)
            .build();
    LastKnown known = recorded.lastKnown();
    RecoveryRecord before =
        recorded
            .withLastKnown(
                known.withMembers(
                    known.members().stream().map(RestoringTest::neverWrittenTo).toList()))
            .withIncident(Optional.of(ofUntouched));
    Incident next = RebuildTest.step(look, before).next().incident().orElseThrow();

    assertThat(next.phase()).isEqualTo(Phase.SCALING_OUT);
    assertThat(next.dataLoss().orElseThrow().retainedRevision()).isEqualTo(1);
    assertThat(next.dataLoss().orElseThrow().lostRevisions().atLeast()).isZero();
  }

  @Test
  @DisplayName("what was started is looked at, whether or not the former loss is still certain")
  void startedAlready() {
    Look look = reborn(was -> status(Optional.of(NEW_ID), 1041));
    RecoveryRecord before = record(look, Step.ADOPT);
    LastKnown known = before.lastKnown();
    LastKnown alone =
        known.withMembers(
            known.members().stream().filter(member -> member.id().equals(Look.id(2))).toList());
    Decision decision = RebuildTest.step(look, before.withLastKnown(alone));
    assertThat(decision.next().incident().flatMap(Incident::step)).contains(Step.VERIFY);
  }

  private static KnownMember neverWrittenTo(KnownMember member) {
    return new KnownMember(
        member.id(),
        member.name(),
        member.learner(),
        member.volumeUid(),
        member.node(),
        1,
        member.seenAt());
  }

  @Test
  @DisplayName("a restore that failed three times waits for a human, and says what to do")
  void failedForGood() {
    Look look = stopped().restore(pod("i-1-3", RestoreView.State.FAILED));
    Decision decision = RebuildTest.step(look, Recorded.restoring(look, Step.RESTORE, 2, 3));

    assertThat(decision.action()).isEqualTo(Action.none());
    assertThat(decision.reason()).isEqualTo(Reason.RESTORE_FAILED);
    assertThat(decision.blocked()).isTrue();
    assertThat(decision.message())
        .contains(
            "no space left", "delete pod demo-2-restore", "directories i-1-1 to i-1-3, may be")
        .contains("The plan stays")
        .doesNotContain("ForceNewCluster");
  }

  @Test
  @DisplayName("a restore whose image cannot be had is waited for, and a human is told at once")
  void withoutImage() {
    Look look = stopped().restore(pod(DIRECTORY, RestoreView.State.STALLED));
    Decision decision = RebuildTest.step(look, record(look, Step.RESTORE));

    assertThat(decision.action()).isEqualTo(Action.none());
    assertThat(decision.blocked()).isTrue();
    assertThat(decision.message())
        .contains(
            "cannot start: ErrImagePull: not found. Nothing is",
            "correct the StatefulSet and delete the pod");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @DisplayName("a human who deletes the pod has it tried again, in a directory of its own")
  void triedAgain(String story, List<Look> looks) {
    RecoveryRecord record = Recorded.restoring(stopped(), Step.RESTORE, 2, 3);
    for (Look look : looks) {
      record = RebuildTest.step(look, record).next();
    }
    Decision decision = RebuildTest.step(stopped(), record);

    assertThat(((Action.Restore) decision.action()).order().directory()).isEqualTo("i-1-4");
    assertThat(decision.next().incident().flatMap(Incident::restore))
        .hasValueSatisfying(tried -> assertThat(tried.directory()).isEqualTo("i-1-4"));
  }

  static Stream<Arguments> ways() {
    Fact<Optional<RestoreView>> failed = pod("i-1-3", RestoreView.State.FAILED);
    Look gaveUp = stopped().restore(failed);
    return Stream.of(
        arguments("it is gone at once", List.of(gaveUp)),
        arguments("it takes a while", List.of(gaveUp, stopped().restore(going(failed)))),
        arguments(
            "meanwhile it cannot be looked for",
            List.of(gaveUp, stopped().restore(Fact.unknown("timed out")))));
  }

  @Test
  @DisplayName("nobody is started on what was restored before that is recorded")
  void recordedBefore() {
    Look look = restored();
    Decision decision = RebuildTest.step(look, record(look, Step.ADOPT));
    assertThat(decision.next().incident().flatMap(Incident::armedAt)).contains(Look.AT);
  }

  // Rows.

  private static Arguments stays(String story, Step step, Look look, String act, Reason reason) {
    return arguments(story, step, look, act, Optional.of(step), reason);
  }

  private static Arguments goes(String story, Step step, Look look, Step next, Reason reason) {
    return arguments(story, step, look, NOTHING, Optional.of(next), reason);
  }

  // Looks: two of three lost; fenced; stopped; restored; adopted; started; reborn.

  private static RecoveryRecord record(Look look, Step at) {
    boolean none = at.compareTo(Step.RESTORE) < 0;
    boolean first = at == Step.RESTORE && look.seen().restore().value().flatMap(p -> p).isEmpty();
    return Recorded.restoring(look, at, 2, none || first ? 0 : 1);
  }

  private static Look lost() {
    return healthy(3).leaderless().gone(0).gone(1);
  }

  private static Look alone() {
    return lost().window(2, 3);
  }

  private static Look stopped() {
    return lost().noPod(2).window(2, 2);
  }

  private static Look restored() {
    return stopped().restore(pod(DIRECTORY, RestoreView.State.SUCCEEDED));
  }

  private static Look marked(Look look) {
    return look.volume(
        2,
        volume ->
            volume.marked(
                new VolumeMarks(
                    Optional.of(DIRECTORY),
                    Optional.of(Look.id(2)),
                    List.of(new KeptDirectory(Recorded.INCIDENT, Optional.empty())))));
  }

  private static Look told(Look look) {
    return look.initialCluster(Optional.of(InitialCluster.sealed().in(Optional.of(DIRECTORY))));
  }

  private static Look adopted() {
    return told(marked(stopped()));
  }

  private static Look started() {
    return told(marked(alone().silent(2)));
  }

  private static Member self() {
    return new Member(NEW_ID, "demo-2", List.of(healthy(3).goal().peerUrl(2)), false);
  }

  private static Member another() {
    return new Member(Look.newId(1), "demo-1", List.of(healthy(3).goal().peerUrl(1)), true);
  }

  private static Look reborn(java.util.function.UnaryOperator<MemberStatus> status) {
    return started().answer(2, status).memberList(Fact.known(List.of(self())));
  }

  private static MemberStatus status(Optional<MemberId> leader, long revision) {
    return new MemberStatus(
        NEW_ID, REBORN, leader, 2, 4, 4, revision, false, "3.6.16", 1, List.of());
  }

  private static VolumeView doomed(VolumeView volume) {
    return new VolumeView(volume.claim(), volume.member(), volume.uid(), true, true);
  }

  private static Fact<Optional<RestoreView>> going(Fact<Optional<RestoreView>> pod) {
    RestoreView p = pod.value().orElseThrow().orElseThrow();
    return Fact.known(
        Optional.of(
            new RestoreView(
                p.pod(), p.uid(), p.directory(), p.state(), p.node(), true, p.detail())));
  }

  private static Fact<Optional<RestoreView>> pod(String directory, RestoreView.State state) {
    return RestorePods.pod(directory, state, detail(state));
  }

  private static String detail(RestoreView.State state) {
    return switch (state) {
      case UNDER_WAY, SUCCEEDED -> "";
      case STALLED -> "ErrImagePull: not found";
      case FAILED -> "no space left on device";
    };
  }
}
