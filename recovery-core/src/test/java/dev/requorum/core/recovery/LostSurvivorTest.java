package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static dev.requorum.core.recovery.Steady.decide;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S06")
@Tag("S26")
@DisplayName("S06, S26: demo-3 was chosen of five members and is lost; demo-4 has its volume")
class LostSurvivorTest {

  private static final String NOTHING = "None";
  private static final Fact<Optional<PreservedCopy>> NO_COPY = Fact.known(Optional.empty());
  private static final Duration LONG = RecoveryPolicy.defaults().downGracePeriod().plusSeconds(1);

  @ParameterizedTest(name = "{0}: {3}, step {4} ({5})")
  @MethodSource("rows")
  void row(
      String story,
      Look look,
      RecoveryRecord before,
      String act,
      Optional<Step> step,
      Reason reason) {
    Decision decision = RebuildTest.step(look, before);

    assertThat(decision.action().getClass().getSimpleName()).isEqualTo(act);
    assertThat(decision.next().incident().flatMap(Incident::step)).isEqualTo(step);
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.next().attempts()).isEqualTo(1);
  }

  static Stream<Arguments> rows() {
    return Stream.concat(givenUp(), released());
  }

  private static Stream<Arguments> givenUp() {
    return Stream.of(
        releases("its volume was lost, the others were not cut off yet", lost().gone(3)),
        releases("its volume was lost, the others are cut off", cutToSurvivor().gone(3)),
        row(
            "its volume was lost, and so was that of demo-4",
            cutToSurvivor().volume(3, "new").down(3).noVolume(4),
            at(Step.PRESERVE),
            NOTHING,
            Step.PRESERVE,
            Reason.EVIDENCE_INCOMPLETE),
        row(
            "its volume was lost, and that of demo-4 is marked for deletion",
            cutToSurvivor().volume(3, "new").down(3).volume(4, LostSurvivorTest::marked),
            at(Step.REWRITE_STATE),
            NOTHING,
            Step.REWRITE_STATE,
            Reason.NO_SURVIVOR),
        row(
            "its volume was lost, and it may have been forced",
            cutToSurvivor().volume(3, "new").down(3),
            armedBefore(at(Step.REWRITE_STATE)),
            NOTHING,
            Step.REWRITE_STATE,
            Reason.NO_SURVIVOR),
        row(
            "its volume was lost, and the flag is there",
            cutToSurvivor().volume(3, "new").down(3).armed(Optional.of(Recorded.INCIDENT), true),
            at(Step.FENCE),
            "Disarm",
            Step.FENCE,
            Reason.DISARMING),
        row(
            "volumes cannot be read",
            cutToSurvivor().gone(3).hidden(WorkloadPart.VOLUMES),
            at(Step.REWRITE_STATE),
            NOTHING,
            Step.REWRITE_STATE,
            Reason.SURVIVOR_NOT_HEALTHY),
        row(
            "it is down, and may come back",
            cutToSurvivor().down(3).copy(NO_COPY),
            at(Step.PRESERVE),
            NOTHING,
            Step.PRESERVE,
            Reason.SURVIVOR_NOT_HEALTHY),
        row(
            "it has been down for as long as it is waited for, and no longer",
            cutToSurvivor().down(3).copy(NO_COPY).at(Look.AT.plus(LONG).minusSeconds(3)),
            at(Step.PRESERVE),
            NOTHING,
            Step.PRESERVE,
            Reason.SURVIVOR_NOT_HEALTHY),
        row(
            "it has been down for long, and nobody else has a volume",
            cutToSurvivor().down(3).noVolume(4).copy(NO_COPY).at(Look.AT.plus(LONG)),
            at(Step.PRESERVE),
            NOTHING,
            Step.PRESERVE,
            Reason.SURVIVOR_NOT_HEALTHY),
        row(
            "its volume was lost, and that of demo-4 was made again, empty",
            cutToSurvivor().volume(3, "new").down(3).volume(4, "new").copy(NO_COPY),
            at(Step.PRESERVE),
            NOTHING,
            Step.PRESERVE,
            Reason.NO_SURVIVOR),
        row(
            "its volume was lost, and demo-4 is a learner",
            cutToSurvivor().volume(3, "new").down(3).copy(NO_COPY),
            withLearner(at(Step.PRESERVE)),
            NOTHING,
            Step.PRESERVE,
            Reason.NO_SURVIVOR),
        arguments(
            "it has been down for long",
            cutToSurvivor().down(3).at(Look.AT.plus(LONG)),
            at(Step.PRESERVE),
            NOTHING,
            Optional.of(Step.RELEASE),
            Reason.SURVIVOR_LOST),
        row(
            "it is out of sight for long, and may be alive",
            cutToSurvivor().unreachable(3).at(Look.AT.plus(LONG)),
            at(Step.REWRITE_STATE),
            "WriteInitialCluster",
            Step.REWRITE_STATE,
            Reason.REWRITING_STATE));
  }

  private static Stream<Arguments> released() {
    InitialCluster alone =
        new InitialCluster(
            InitialCluster.State.NEW, Map.of(Look.name(3), healthy(5).goal().peerUrl(3)));
    return Stream.of(
        row(
            "released: the flag is there",
            cutToSurvivor().gone(3).armed(Optional.empty(), true),
            at(Step.RELEASE),
            "Disarm",
            Step.RELEASE,
            Reason.DISARMING),
        row(
            "released: a restore's pod is there",
            cutToSurvivor().gone(3).restore(restorePod()),
            at(Step.RELEASE),
            "DiscardRestore",
            Step.RELEASE,
            Reason.SURVIVOR_LOST),
        row(
            "released: the initial cluster is rewritten already",
            cutToSurvivor().gone(3).initialCluster(Optional.of(alone)),
            at(Step.RELEASE),
            "WriteInitialCluster",
            Step.RELEASE,
            Reason.SURVIVOR_LOST),
        row(
            "released: the initial cluster cannot be read",
            cutToSurvivor().gone(3).hidden(WorkloadPart.INITIAL_CLUSTER),
            at(Step.RELEASE),
            NOTHING,
            Step.RELEASE,
            Reason.SURVIVOR_LOST),
        row(
            "released: the others are cut off",
            cutToSurvivor().gone(3),
            at(Step.RELEASE),
            "Resize",
            Step.RELEASE,
            Reason.SURVIVOR_LOST),
        arguments(
            "released: all are run again",
            lost().gone(3),
            at(Step.RELEASE),
            NOTHING,
            Optional.empty(),
            Reason.WAITING_GRACE_PERIOD),
        row(
            "released: a pod runs with the flag all the same",
            lost().pod(3, Pods.forced()),
            at(Step.RELEASE),
            NOTHING,
            Step.VERIFY,
            Reason.VERIFYING));
  }

  @Test
  @Tag("S22")
  @DisplayName(
      "S22: the loss is observed anew; what was given up is kept, and its attempt stays counted")
  void chosenAnew() {
    Decision decision = decide(lost().gone(3), at(Step.RELEASE));
    Incident anew = decision.next().incident().orElseThrow();
    Incident before = decision.next().history().get(0);

    assertThat(anew.phase()).isEqualTo(Phase.DETECTING);
    assertThat(anew.id()).isNotEqualTo(before.id());
    assertThat(anew.evidence().observedLost()).isZero();
    assertThat(before.reason()).isEqualTo(Reason.SURVIVOR_LOST);
    assertThat(decision.next().attempts()).isEqualTo(1);
    assertThat(decision.announcements()).extracting(a -> a.reason()).contains(Reason.SURVIVOR_LOST);
  }

  @Test
  @DisplayName(
      "what was given up says why: the survivor was lost, or another one may have been alive")
  void givenUpFor() {
    assertThat(givenUp(at(Step.RELEASE)))
        .isEqualTo("demo-3 was given up before anything was forced; a survivor is chosen anew");
    Incident incident = at(Step.RELEASE).incident().orElseThrow();
    Incident silent = IncidentDraft.of(incident).saying(Reason.MEMBER_UNREACHABLE, "").build();
    assertThat(givenUp(at(Step.RELEASE).withIncident(Optional.of(silent))))
        .contains("behind a node that fell silent before anything was forced");
  }

  @Test
  @DisplayName("all voters are run again, and no learner that was cut off with them")
  void noLearners() {
    RecoveryRecord before = at(Step.RELEASE);
    List<KnownMember> members = new ArrayList<>(before.lastKnown().members());
    members.add(
        new KnownMember(
            Look.newId(5),
            Look.name(5),
            true,
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty()));
    Look look = cutToSurvivor().gone(3);
    Action act =
        RebuildTest.step(look, before.withLastKnown(before.lastKnown().withMembers(members)))
            .action();
    assertThat(((Action.Resize) act).window()).isEqualTo(new OrdinalWindow(0, 5));
  }

  private static String givenUp(RecoveryRecord before) {
    return decide(lost().gone(3), before).next().history().get(0).message();
  }

  @Test
  @DisplayName("where nobody can take its place it says why, and where the copy of its data is")
  void noneLeft() {
    Look look = cutToSurvivor().volume(3, "new").down(3).noVolume(4);
    RecoveryRecord before = at(Step.REWRITE_STATE);
    assertThat(RebuildTest.step(look, before).message())
        .contains("no other voter has its volume", "copy of its data is at no place");
    PreservedCopy copy = new PreservedCopy("/copies/i-1", 9, "0a", Look.AT);
    Incident copied =
        IncidentDraft.of(before.incident().orElseThrow()).withCopy(copy).armed(Look.AT).build();
    assertThat(RebuildTest.step(look, before.withIncident(Optional.of(copied))).message())
        .contains("it may have been forced already", "copy of its data is at /copies/i-1");
  }

  @Test
  @DisplayName("what was given up does not come back where the loss that followed it heals")
  void heals() {
    RecoveryRecord anew = decide(lost().gone(3), at(Step.RELEASE)).next();
    RecoveryRecord healed = decide(healthy(5), anew).next();
    assertThat(healed.incident()).isEmpty();
    assertThat(healed.history()).hasSize(1);
    assertThat(healed.attempts()).isEqualTo(1);
  }

  @Test
  @Tag("S20")
  @DisplayName("S20: the next survivor is measured by what this one had")
  void measured() {
    RecoveryRecord before = at(Step.RELEASE);
    Look look = lost().gone(3).answer(4, Answers.freshness(3, 49, 39));
    assertThat(before.lastKnown().members()).extracting(KnownMember::revision).containsOnly(40L);
    RecoveryRecord stale =
        before.withLastKnown(
            new dev.requorum.ports.record.LastKnown(
                true,
                before.lastKnown().clusterId(),
                before.lastKnown().members().stream().map(LostSurvivorTest::longAgo).toList()));
    RecoveryRecord next = decide(look, stale).next();
    assertThat(next.lastKnown().member(Look.id(3)).orElseThrow().revision()).isEqualTo(40);
    assertThat(next.lastKnown().member(Look.id(4)).orElseThrow().revision()).isEqualTo(7);
  }

  private static KnownMember longAgo(KnownMember m) {
    return new KnownMember(m.id(), m.name(), m.learner(), m.volumeUid(), m.node(), 7, m.seenAt());
  }

  private static Arguments releases(String story, Look look) {
    return row(story, look, at(Step.FENCE), NOTHING, Step.RELEASE, Reason.SURVIVOR_LOST);
  }

  private static Arguments row(
      String story, Look look, RecoveryRecord before, String act, Step step, Reason reason) {
    return arguments(story, look, before, act, Optional.of(step), reason);
  }

  private static RecoveryRecord at(Step step) {
    return Recorded.rebuilding(lost(), step, 3);
  }

  /** As if demo-4 had been a learner all along. */
  private static RecoveryRecord withLearner(RecoveryRecord record) {
    return record.withLastKnown(
        record
            .lastKnown()
            .withMembers(
                record.lastKnown().members().stream()
                    .map(m -> m.name().equals(Look.name(4)) ? learner(m) : m)
                    .toList()));
  }

  private static KnownMember learner(KnownMember m) {
    return new KnownMember(
        m.id(), m.name(), true, m.volumeUid(), m.node(), m.revision(), m.seenAt());
  }

  private static Fact<Optional<RestoreView>> restorePod() {
    return Fact.known(
        Optional.of(
            new RestoreView(
                "demo-3-restore",
                "restore-uid",
                "i-1-1",
                RestoreView.State.UNDER_WAY,
                Optional.empty(),
                false,
                "")));
  }

  private static RecoveryRecord armedBefore(RecoveryRecord record) {
    return record.withIncident(
        record.incident().map(incident -> IncidentDraft.of(incident).armed(Look.AT).build()));
  }

  private static Look lost() {
    return healthy(5).leaderless().gone(0).gone(1).gone(2);
  }

  private static Look cutToSurvivor() {
    return lost().window(3, 4).noPod(4);
  }

  private static VolumeView marked(VolumeView volume) {
    return new VolumeView(volume.claim(), volume.member(), volume.uid(), volume.bound(), true);
  }
}
