package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static dev.requorum.core.recovery.Steady.decide;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Decision;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S12")
@Tag("S26")
@DisplayName("S12, S26: demo-2 of three is to be forced, and was restarted since the commit")
class RestartedBeforeForceTest {

  private static final String NOTHING = "None";
  private static final Duration OVER = Duration.ofMinutes(11);
  private static final Fact<Optional<PreservedCopy>> NO_COPY = Fact.known(Optional.empty());

  @ParameterizedTest(name = "{0}: {3}, step {4} ({5})")
  @MethodSource("rows")
  void row(String story, Look look, RecoveryRecord before, String act, Step step, Reason reason) {
    Decision decision = RebuildTest.step(look, before);

    assertThat(decision.action().getClass().getSimpleName()).isEqualTo(act);
    assertThat(decision.next().incident().flatMap(Incident::step)).contains(step);
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.next().attempts()).isEqualTo(1);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        released("before anybody was cut off", lost().restarted(2), Step.FENCE),
        released("before it was copied", fenced().copy(NO_COPY), Step.PRESERVE),
        released(
            "before it was copied, and demo-1 has its volume",
            healthy(3).leaderless().gone(0).noPod(1).window(2, 3).restarted(2).copy(NO_COPY),
            Step.PRESERVE),
        released("after it was copied", copied(), Step.REWRITE_STATE),
        released("about to be armed", rewritten(), Step.ARM),
        arguments(
            "not yet: its container does not run",
            fenced().down(2).copy(NO_COPY),
            at(Step.PRESERVE),
            NOTHING,
            Step.PRESERVE,
            Reason.SURVIVOR_NOT_HEALTHY),
        arguments(
            "armed before, so that nobody else may be chosen",
            rewritten(),
            armedBefore(at(Step.ARM)),
            "Arm",
            Step.ARM,
            Reason.ARMING),
        arguments(
            "armed, and not restarted with the flag yet",
            rewritten().armed(Optional.of(Recorded.INCIDENT), true),
            armedBefore(at(Step.ARM)),
            "RestartPod",
            Step.ARM,
            Reason.ARMING),
        arguments(
            "armed before, and the copy is gone",
            rewritten().copy(NO_COPY),
            armedBefore(at(Step.PRESERVE)),
            NOTHING,
            Step.PRESERVE,
            Reason.SURVIVOR_NOT_HEALTHY),
        arguments(
            "released: the initial cluster is rewritten already",
            rewritten(),
            released(),
            "WriteInitialCluster",
            Step.RELEASE,
            Reason.SURVIVOR_NOT_HEALTHY),
        arguments(
            "released: the others are cut off",
            fenced(),
            released(),
            "Resize",
            Step.RELEASE,
            Reason.SURVIVOR_NOT_HEALTHY));
  }

  @Test
  @DisplayName("it is told why it was let go, and the attempt stays counted")
  void told() {
    Decision decision = decide(lost().restarted(2), released());
    Incident before = decision.next().history().get(0);

    assertThat(decision.next().incident().map(Incident::phase)).contains(Phase.DETECTING);
    assertThat(decision.next().history()).hasSize(1);
    assertThat(before.message()).startsWith("demo-2 was restarted before anything was forced");
    assertThat(decision.announcements())
        .extracting(Announcement::reason)
        .contains(Reason.SURVIVOR_NOT_HEALTHY);
    assertThat(decision.next().attempts()).isEqualTo(1);
  }

  @Test
  @Tag("S22")
  @DisplayName("S22: it is restored from in the end, as an attempt of its own")
  void restoredFrom() {
    Decision decision = afterTheWindow(lost().restarted(2));
    Incident committed = decision.next().incident().orElseThrow();

    assertThat(committed.phase()).isEqualTo(Phase.REBUILDING);
    assertThat(committed.strategy()).isEqualTo(Strategy.RESTORE);
    assertThat(committed.survivor()).contains(Survivor.lastSeenAt(Look.id(2), "demo-2", 2, 40));
    assertThat(committed.plan().map(RecoveryPlan::strategy)).contains(Strategy.RESTORE);
    assertThat(decision.next().attempts()).isEqualTo(2);
  }

  @Test
  @DisplayName("where its etcd cannot raise the revision it is held, and said what is to be done")
  void byHand() {
    Decision decision = afterTheWindow(lost().restarted(2).imageTag(Optional.of("v3.4.30")));

    assertThat(decision.reason()).isEqualTo(Reason.VERSION_UNSAFE);
    assertThat(decision.blocked()).isTrue();
    assertThat(decision.message()).contains("can only be restored from", "recover by hand");
    assertThat(decision.next().attempts()).isEqualTo(1);
  }

  /** Released, observed for the window, and decided upon once more. */
  private static Decision afterTheWindow(Look look) {
    RecoveryRecord anew = decide(look, released()).next();
    Incident observed =
        IncidentDraft.of(anew.incident().orElseThrow())
            .withEvidence(Recorded.detecting(look, OVER, 0).incident().orElseThrow().evidence())
            .build();
    return decide(look.at(Look.AT.plus(OVER)), anew.withIncident(Optional.of(observed)));
  }

  private static Arguments released(String story, Look look, Step at) {
    return arguments(story, look, at(at), NOTHING, Step.RELEASE, Reason.SURVIVOR_NOT_HEALTHY);
  }

  private static RecoveryRecord at(Step step) {
    return Recorded.rebuilding(lost(), step, 2);
  }

  private static RecoveryRecord released() {
    return RebuildTest.step(fenced().copy(NO_COPY), at(Step.PRESERVE)).next();
  }

  private static RecoveryRecord armedBefore(RecoveryRecord record) {
    return record.withIncident(
        record.incident().map(incident -> IncidentDraft.of(incident).armed(Look.AT).build()));
  }

  private static Look lost() {
    return healthy(3).leaderless().gone(0).gone(1);
  }

  private static Look fenced() {
    return lost().window(2, 3).restarted(2);
  }

  private static Look copied() {
    return fenced()
        .copy(Fact.known(Optional.of(new PreservedCopy("/copies/i-1", 9, "0a", Look.AT))));
  }

  private static Look rewritten() {
    return copied()
        .initialCluster(
            Optional.of(
                new InitialCluster(
                    InitialCluster.State.NEW, Map.of(Look.name(2), healthy(3).goal().peerUrl(2)))));
  }
}
