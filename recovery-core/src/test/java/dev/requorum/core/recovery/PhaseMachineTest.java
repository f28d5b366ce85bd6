package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S06")
@Tag("S11")
@Tag("S26")
@DisplayName("S06, S11, S26: the phase after one look")
class PhaseMachineTest {

  private static final RecoveryPolicy POLICY = RecoveryPolicy.defaults();
  private static final Optional<Phase> NONE = Optional.empty();

  @ParameterizedTest(name = "{0}: {3}, {4}")
  @MethodSource("looks")
  void phase(String story, Look look, RecoveryRecord before, Optional<Phase> phase, Reason reason) {
    Decision decision = decide(look, before);

    assertThat(decision.next().incident().map(Incident::phase)).isEqualTo(phase);
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.action()).isEqualTo(Action.none());
  }

  static Stream<Arguments> looks() {
    Look fine = healthy(3);
    Look lost = healthy(3).leaderless().gone(0).gone(1);
    Look down = healthy(3).leaderless().down(0).down(1);
    Look open = healthy(3).leaderless();
    Look silent = healthy(3).leaderless().gone(0).unreachable(1);
    Look alone = healthy(1).leaderless().gone(0);
    return Stream.of(
        arguments("steady", fine, Recorded.noIncident(fine), NONE, Reason.AS_DESIRED),
        arguments(
            "no leader, nobody missing",
            open,
            Recorded.noIncident(open),
            NONE,
            Reason.QUORUM_UNDETERMINED),
        arguments(
            "a loss is seen",
            lost,
            Recorded.noIncident(lost),
            Optional.of(Phase.DETECTING),
            Reason.WAITING_GRACE_PERIOD),
        arguments(
            "S03: the only member is lost",
            alone,
            Recorded.noIncident(alone),
            NONE,
            Reason.SINGLE_MEMBER),
        arguments(
            "S03: never bootstrapped",
            lost,
            RecoveryRecord.empty().withLastKnown(notBootstrapped(lost)),
            NONE,
            Reason.NEVER_BOOTSTRAPPED),
        arguments(
            "S02: healed",
            fine,
            Recorded.detecting(fine, Duration.ofSeconds(59), 50),
            NONE,
            Reason.HEALED),
        arguments(
            "one second too early",
            lost,
            Recorded.detecting(lost, Duration.ofMillis(58_999), 50),
            Optional.of(Phase.DETECTING),
            Reason.WAITING_GRACE_PERIOD),
        arguments(
            "the window is over",
            lost,
            Recorded.detecting(lost, Duration.ofSeconds(59), 50),
            Optional.of(Phase.REBUILDING),
            Reason.RECOVERY_STARTED),
        arguments(
            "the window of what is gone is not that of what is down",
            down,
            Recorded.detecting(down, Duration.ofSeconds(598), 50),
            Optional.of(Phase.DETECTING),
            Reason.WAITING_GRACE_PERIOD),
        arguments(
            "the longer window is over",
            down,
            Recorded.detecting(down, Duration.ofSeconds(599), 50),
            Optional.of(Phase.REBUILDING),
            Reason.RECOVERY_STARTED),
        arguments(
            "S02: the raft index rose",
            lost,
            Recorded.detecting(lost, Duration.ofSeconds(59), 49),
            Optional.of(Phase.DETECTING),
            Reason.WAITING_GRACE_PERIOD),
        arguments(
            "the window is over, but a voter may be alive",
            silent,
            Recorded.detecting(silent, Duration.ofSeconds(600), 50),
            Optional.of(Phase.DETECTING),
            Reason.MEMBER_UNREACHABLE),
        arguments(
            "the window is over, but the verdict is open",
            open,
            Recorded.detecting(open, Duration.ofSeconds(600), 50),
            Optional.of(Phase.DETECTING),
            Reason.QUORUM_UNDETERMINED),
        arguments(
            "a completed incident is no incident",
            fine,
            Recorded.in(fine, Phase.COMPLETED, 2),
            Optional.of(Phase.COMPLETED),
            Reason.AS_DESIRED),
        arguments(
            "a loss after a completed incident",
            lost,
            Recorded.in(lost, Phase.COMPLETED, 2),
            Optional.of(Phase.DETECTING),
            Reason.WAITING_GRACE_PERIOD),
        arguments(
            "S18: all members are back",
            fine,
            Recorded.in(fine, Phase.SCALING_OUT, 2),
            Optional.of(Phase.COMPLETED),
            Reason.RECOVERY_COMPLETED),
        arguments(
            "S19: the member list is unusable while scaling out",
            fine(Fact.unknown("timed out")),
            Recorded.in(fine, Phase.SCALING_OUT, 2),
            Optional.of(Phase.SCALING_OUT),
            Reason.MEMBER_LIST_UNUSABLE),
        arguments(
            "S19: the member list is empty while scaling out",
            fine(Fact.known(List.of())),
            Recorded.in(fine, Phase.SCALING_OUT, 2),
            Optional.of(Phase.SCALING_OUT),
            Reason.MEMBER_LIST_UNUSABLE),
        arguments(
            "lost again while scaling out",
            lost,
            Recorded.in(lost, Phase.SCALING_OUT, 2),
            Optional.of(Phase.DETECTING),
            Reason.WAITING_GRACE_PERIOD),
        arguments(
            "the survivor is lost before anybody joined it",
            alone,
            Recorded.in(alone, Phase.SCALING_OUT, 0),
            Optional.of(Phase.SCALING_OUT),
            Reason.SINGLE_MEMBER),
        arguments(
            "rebuilding, the StatefulSet is unreadable",
            healthy(3).leaderless().hidden(WorkloadPart.STATEFUL_SET),
            Recorded.rebuilding(lost, Step.ARM, 2),
            Optional.of(Phase.REBUILDING),
            Reason.EVIDENCE_INCOMPLETE),
        arguments(
            "rebuilding, the pods are unreadable",
            healthy(3).leaderless().hidden(WorkloadPart.PODS),
            Recorded.rebuilding(lost, Step.ARM, 2),
            Optional.of(Phase.REBUILDING),
            Reason.EVIDENCE_INCOMPLETE),
        arguments(
            "rebuilding, the StatefulSet is gone",
            healthy(3).leaderless().noStatefulSet(),
            Recorded.rebuilding(lost, Step.ARM, 2),
            Optional.of(Phase.REBUILDING),
            Reason.WORKLOAD_MISSING));
  }

  @Test
  @Tag("S22")
  @DisplayName("S22: the commit counts the attempt, names the survivor, and does nothing yet")
  void commit() {
    Look look = healthy(3).leaderless().gone(0).gone(1).answer(2, Answers.freshness(3, 50, 44));
    RecoveryRecord before = Recorded.detecting(look, Duration.ofSeconds(60), 50);

    Decision decision = decide(look, before);

    assertThat(decision.next().attempts()).isEqualTo(before.attempts() + 1);
    Incident incident = decision.next().incident().orElseThrow();
    assertThat(incident.step()).contains(Step.FENCE);
    assertThat(incident.startedAt()).contains(Look.AT);
    assertThat(incident.survivor().orElseThrow().revision()).isEqualTo(44);
    assertThat(incident.evidence().missing()).hasSize(2);
    assertThat(decision.action()).isEqualTo(Action.none());
  }

  @Test
  @Tag("S22")
  @DisplayName("S22: a second incident keeps the first in the history and goes on counting")
  void secondIncident() {
    Look look = healthy(3).leaderless().gone(0).gone(1);
    RecoveryRecord before = Recorded.in(look, Phase.COMPLETED, 2);
    RecoveryRecord detected = decide(look, before).next();
    assertThat(detected.history()).containsExactly(before.incident().orElseThrow());
    assertThat(detected.attempts()).isEqualTo(1);
  }

  @Test
  @DisplayName("a recovery that is held beyond the step limit says that it is blocked")
  void heldTooLong() {
    Look look = healthy(3).memberList(Fact.unknown("timed out"));
    RecoveryRecord before = Recorded.in(look, Phase.SCALING_OUT, 2);
    assertThat(decide(look, before).blocked()).isFalse();

    Decision later = decide(look.at(Look.AT.plus(POLICY.stepLimit())), before);

    assertThat(later.blocked()).isTrue();
    assertThat(later.announcements().stream().map(a -> a.reason()))
        .contains(Reason.RECOVERY_BLOCKED);
  }

  @Test
  @DisplayName(
      "an act that is decided again and again in one step beyond the limit is blocked, too")
  void actsInVain() {
    Look look = healthy(3).leaderless().gone(0).gone(1);
    RecoveryRecord before = Recorded.rebuilding(look, Step.FENCE, 2);
    assertThat(decide(look, before).blocked()).isFalse();
    assertThat(decide(look.at(Look.AT.plus(POLICY.stepLimit())), before).blocked()).isTrue();
  }

  private static Look fine(Fact<List<dev.requorum.ports.etcd.Member>> list) {
    return healthy(3).memberList(list);
  }

  private static LastKnown notBootstrapped(Look look) {
    LastKnown known = look.lastKnown();
    return new LastKnown(false, known.clusterId(), known.members());
  }

  private static Decision decide(Look look, RecoveryRecord before) {
    return Steady.decide(look, before, POLICY);
  }
}
