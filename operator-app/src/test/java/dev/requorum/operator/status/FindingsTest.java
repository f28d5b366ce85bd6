package dev.requorum.operator.status;

import static dev.requorum.operator.status.Turns.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Action;
import dev.requorum.core.engine.Turn;
import dev.requorum.operator.status.Finding.Truth;
import dev.requorum.operator.status.Finding.Type;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.SampleRecords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("O01")
@DisplayName("The conditions")
class FindingsTest {

  static Stream<Arguments> table() {
    return Stream.of(
        row("all is well", healthy(), "True", "False", "False"),
        row("one member is down", healthy().down(1), "True", "False", "True"),
        row("a member complains", healthy().up(1, "corrupt"), "True", "False", "True"),
        row("no member list", healthy().withoutMemberList(), "True", "False", "Unknown"),
        row("quorum lost", healthy().down(1).down(2).lost(), "False", "False", "True"),
        row(
            "nothing certain, all answered",
            healthy().undetermined().waitingFor(Reason.QUORUM_UNDETERMINED),
            "Unknown",
            "False",
            "Unknown"),
        row(
            "nothing certain, one silent",
            healthy().down(1).undetermined().waitingFor(Reason.QUORUM_UNDETERMINED),
            "Unknown",
            "False",
            "True"),
        row(
            "nothing known",
            healthy().nobodyKnown().undetermined().waitingFor(Reason.NEVER_BOOTSTRAPPED),
            "Unknown",
            "True",
            "Unknown"),
        row(
            "something is being done",
            healthy().doing(new Action.RestartPod("demo-1", "uid"), Reason.ROLLING_OUT),
            "True",
            "True",
            "False"),
        row(
            "something is waited for",
            healthy().waitingFor(Reason.LEARNER_CATCHING_UP),
            "True",
            "True",
            "False"),
        row(
            "stuck on a member",
            healthy().down(1).waitingFor(Reason.MEMBER_UNHEALTHY),
            "True",
            "False",
            "True"));
  }

  private static Arguments row(
      String name, Turns turn, String available, String progressing, String degraded) {
    return Arguments.of(name, turn.turn(), List.of(available, progressing, degraded));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  @DisplayName("Available, Progressing and Degraded after each kind of turn")
  void afterTurn(String name, Turn turn, List<String> expected) {
    assertThat(
            Stream.of(Type.AVAILABLE, Type.PROGRESSING, Type.DEGRADED)
                .map(type -> finding(turn, type).truth().word()))
        .as(name)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  @Tag("S08")
  @DisplayName("Recovering is True from the commit until the completion, and only then")
  void recovering(Phase phase) {
    Turn turn = healthy().record(record(phase)).turn();

    assertThat(finding(turn, Type.RECOVERING).truth())
        .isEqualTo(Truth.of(phase == Phase.REBUILDING || phase == Phase.SCALING_OUT));
  }

  @Test
  @Tag("S08")
  @DisplayName("Recovering is False, not absent, where no quorum was ever lost")
  void neverRecovering() {
    Finding finding = finding(healthy().turn(), Type.RECOVERING);

    assertThat(finding.truth()).isEqualTo(Truth.FALSE);
    assertThat(finding.reason()).isEqualTo(Reason.NO_RECOVERY);
  }

  @Test
  @DisplayName("A cluster that is being recovered is degraded, however well its one member is")
  void recoveringIsDegraded() {
    Turn turn = healthy().record(SampleRecords.scalingOut()).turn();

    assertThat(finding(turn, Type.DEGRADED).truth()).isEqualTo(Truth.TRUE);
  }

  @Test
  @DisplayName("A held recovery is blocked, says by what, and makes no progress")
  void blocked() {
    Turn turn = healthy().lost().waitingFor(Reason.MEMBER_UNREACHABLE).blocked().turn();

    Finding blocked = finding(turn, Type.RECOVERY_BLOCKED);
    assertThat(blocked.truth()).isEqualTo(Truth.TRUE);
    assertThat(blocked.reason()).isEqualTo(Reason.MEMBER_UNREACHABLE);
    assertThat(blocked.message()).isEqualTo("the decision in words");
    assertThat(finding(turn, Type.PROGRESSING).truth()).isEqualTo(Truth.FALSE);
  }

  @Test
  @DisplayName("An act that was refused, or failed, is told under Progressing")
  void trouble() {
    assertThat(finding(healthy().trouble(true).turn(), Type.PROGRESSING))
        .isEqualTo(
            new Finding(
                Type.PROGRESSING,
                Truth.TRUE,
                Reason.ACT_REFUSED,
                "the decision in words: because"));
    assertThat(finding(healthy().trouble(false).turn(), Type.PROGRESSING).reason())
        .isEqualTo(Reason.PORT_FAILED);
  }

  @Test
  @Tag("S21")
  @DisplayName("DataLossPossible is True, and says how to acknowledge, until a human has done so")
  void dataLoss() {
    Finding open = finding(healthy().record(loss(false)).turn(), Type.DATA_LOSS_POSSIBLE);
    assertThat(open.truth()).isEqualTo(Truth.TRUE);
    assertThat(open.reason()).isEqualTo(Reason.POSSIBLE_DATA_LOSS);
    assertThat(open.message())
        .contains("operator.etcd.io/acknowledge-data-loss=" + id(loss(false)));

    Finding acknowledged = finding(healthy().record(loss(true)).turn(), Type.DATA_LOSS_POSSIBLE);
    assertThat(acknowledged.truth()).isEqualTo(Truth.FALSE);
    assertThat(acknowledged.reason()).isEqualTo(Reason.DATA_LOSS_ACKNOWLEDGED);
  }

  @Test
  @Tag("S21")
  @DisplayName("DataLossPossible stays True for an earlier incident that nobody acknowledged")
  void earlierDataLoss() {
    Incident earlier = loss(false).incident().orElseThrow();
    RecoveryRecord later = SampleRecords.detecting().withHistory(List.of(earlier));

    assertThat(finding(healthy().record(later).turn(), Type.DATA_LOSS_POSSIBLE).truth())
        .isEqualTo(Truth.TRUE);
  }

  @Test
  @DisplayName("A pod that never starts is told in Kubernetes' words while nothing else is known")
  void podTrouble() {
    Turn turn =
        healthy()
            .nobodyKnown()
            .undetermined()
            .podTrouble(1, "ImagePullBackOff: no such tag")
            .turn();

    assertThat(finding(turn, Type.AVAILABLE).message())
        .contains("demo-1 does not start: ImagePullBackOff: no such tag");
  }

  @Test
  @DisplayName("A refused manifest is never reported as healthy")
  void refused() {
    assertThat(Findings.refused(Reason.INVALID_SPEC, "spec.tls ..."))
        .extracting(finding -> finding.type().word() + "=" + finding.truth().word())
        .containsExactly("Available=Unknown", "Progressing=False", "Degraded=True");
    assertThat(Findings.notLookedAt(Reason.PORT_FAILED, "read ..."))
        .extracting(Finding::truth)
        .containsOnly(Truth.UNKNOWN);
  }

  private static Finding finding(Turn turn, Type type) {
    return Findings.of(turn).stream()
        .filter(finding -> finding.type() == type)
        .findFirst()
        .orElseThrow();
  }

  private static RecoveryRecord record(Phase phase) {
    return switch (phase) {
      case DETECTING -> SampleRecords.detecting();
      case REBUILDING -> SampleRecords.rebuilding();
      case SCALING_OUT -> SampleRecords.scalingOut();
      case COMPLETED -> SampleRecords.completed();
    };
  }

  /** One completed incident with a data loss. */
  private static RecoveryRecord loss(boolean acknowledged) {
    Incident sample = SampleRecords.completed().incident().orElseThrow();
    Optional<Instant> at = acknowledged ? Optional.of(Turns.AT) : Optional.empty();
    Incident incident =
        new Incident(
            sample.id(),
            sample.phase(),
            sample.step(),
            sample.reason(),
            sample.message(),
            sample.detectedAt(),
            sample.startedAt(),
            sample.completedAt(),
            sample.evidence(),
            sample.survivor(),
            sample.copy(),
            sample.armedAt(),
            sample.dataLoss(),
            at,
            sample.stepSince());
    return RecoveryRecord.empty().withIncident(Optional.of(incident));
  }

  private static String id(RecoveryRecord record) {
    return record.incident().orElseThrow().id();
  }
}
