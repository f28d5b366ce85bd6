package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
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
@DisplayName("S23, S26: demo-2 of three, the survivor of a restore, is about to be stopped")
class StoppingTest {

  private static final MemberId OTHER = new MemberId(0x999);
  private static final ClusterId FOREIGN = new ClusterId(0xf0);
  private static final Duration LONG = RecoveryPolicy.defaults().downGracePeriod().plusSeconds(1);

  @Test
  @DisplayName("it is stopped where it answers as itself")
  void answers() {
    assertThat(stop(fenced()).action()).isEqualTo(stopsAll(fenced()));
  }

  @Test
  @DisplayName("it is stopped where it was restarted since the commit, though it cannot be asked")
  void restarted() {
    Look look = fenced().restarted(2);
    assertThat(stop(look).action()).isEqualTo(stopsAll(look));
  }

  @Test
  @DisplayName("it is stopped where it could not be asked when it was chosen, either")
  void lastSeen() {
    Look look = fenced().restarted(2);
    RecoveryRecord before = Recorded.restoring(look, Step.STOP, 2, 0);
    Incident incident =
        IncidentDraft.of(before.incident().orElseThrow())
            .committedTo(Survivor.lastSeenAt(Look.id(2), Look.name(2), 2, 40), Look.AT)
            .entering(Step.STOP, Look.AT)
            .build();
    Decision decision = RebuildTest.step(look, before.withIncident(Optional.of(incident)));
    assertThat(decision.action()).isEqualTo(stopsAll(look));
  }

  @Test
  @DisplayName("it is restored from where it crashed, whoever else has a volume")
  void crashed() {
    assertThat(stop(fenced().down(2)).action()).isEqualTo(stopsAll(fenced()));
    assertThat(stop(fenced().noPod(2)).action()).isEqualTo(stopsAll(fenced()));
    Look longAfter = heldDown().noPod(2).at(Look.AT.plus(LONG));
    assertThat(stop(longAfter).action()).as("restarted as asked").isEqualTo(stopsAll(longAfter));
  }

  @ParameterizedTest(name = "{0}: blocked {2}")
  @MethodSource("absences")
  @DisplayName("it is not stopped, and it is said why, where")
  void absent(String story, Look look, boolean blocked, String inWords) {
    Decision decision = stop(look);

    assertThat(decision.action()).isEqualTo(Action.none());
    assertThat(decision.next().incident().flatMap(Incident::step)).contains(Step.STOP);
    assertThat(decision.reason()).isEqualTo(Reason.SURVIVOR_NOT_HEALTHY);
    assertThat(decision.message()).startsWith("not stopping demo-2: ").contains(inWords);
    assertThat(decision.blocked()).isEqualTo(blocked);
  }

  static Stream<Arguments> absences() {
    return Stream.of(
        arguments(
            "its node was deleted",
            fenced().down(2).noNode(2),
            false,
            "its node node-2 was deleted"),
        arguments(
            "its container runs, and is silent",
            fenced().pod(2, true, false).silent(2),
            false,
            "restart it if it hangs"),
        arguments(
            "it was restarted on the data of another cluster",
            fenced().restarted(2, FOREIGN),
            false,
            "its container runs"),
        arguments(
            "another cluster's member answers in its place",
            fenced().answer(2, Answers.ofCluster(FOREIGN)),
            true,
            "member %s of cluster %s answers in its place".formatted(Look.id(2), FOREIGN)),
        arguments(
            "another member answers in its place",
            fenced().answer(2, Answers.as(OTHER)),
            true,
            "member %s of cluster".formatted(OTHER)));
  }

  @ParameterizedTest(name = "{0}: step {2} ({3})")
  @MethodSource("waits")
  @DisplayName("for how long it is waited for where demo-1 has its volume:")
  void waitedFor(String story, Look look, Step step, Reason reason) {
    Decision decision = stop(look);

    assertThat(decision.next().incident().flatMap(Incident::step)).contains(step);
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.blocked()).isEqualTo(step == Step.STOP);
  }

  static Stream<Arguments> waits() {
    return Stream.of(
        arguments(
            "its node gone for long",
            heldDown().down(2).noNode(2).at(Look.AT.plus(LONG)),
            Step.RELEASE,
            Reason.SURVIVOR_LOST),
        arguments(
            "somebody else answers for long",
            heldDown().answer(2, Answers.as(OTHER)).at(Look.AT.plus(LONG)),
            Step.RELEASE,
            Reason.SURVIVOR_LOST),
        arguments(
            "its node gone, and no longer than it is waited for",
            heldDown().down(2).noNode(2).at(Look.AT.plus(LONG).minusSeconds(3)),
            Step.STOP,
            Reason.SURVIVOR_NOT_HEALTHY),
        arguments(
            "out of sight for long, and may be alive",
            heldDown().pod(2, true, false).silent(2).at(Look.AT.plus(LONG)),
            Step.STOP,
            Reason.SURVIVOR_NOT_HEALTHY),
        arguments(
            "told to stop long ago, and its pod has not gone",
            heldDown().window(2, 2).answer(2, Answers.as(OTHER)).at(Look.AT.plus(LONG)),
            Step.STOP,
            Reason.STOPPING),
        arguments(
            "somebody else answers for long, and demo-1 lost its volume meanwhile",
            fenced().answer(2, Answers.as(OTHER)).at(Look.AT.plus(LONG)),
            Step.STOP,
            Reason.SURVIVOR_NOT_HEALTHY));
  }

  @Test
  @DisplayName("a survivor that was stopped long ago is not given up for not running")
  void restoredForLong() {
    Look look = heldDown().noPod(2).window(2, 2).at(Look.AT.plus(LONG));
    RecoveryRecord before = Recorded.restoring(look, Step.RESTORE, 2, 0);
    assertThat(RebuildTest.step(look, before).action()).isInstanceOf(Action.Restore.class);
  }

  @Test
  @DisplayName("it is not stopped where it cannot be told whether it has its volume")
  void volumesHidden() {
    Look look = fenced().hidden(WorkloadPart.VOLUMES);
    assertThat(stop(look).action()).isEqualTo(Action.none());
    assertThat(stop(look).message()).contains("whether the survivor has its volume");
  }

  private static Decision stop(Look look) {
    return RebuildTest.step(look, Recorded.restoring(look, Step.STOP, 2, 0));
  }

  private static Action stopsAll(Look look) {
    return new Action.Resize(
        look.seen().workload().statefulSet().value().orElseThrow().orElseThrow(),
        new OrdinalWindow(2, 0));
  }

  /** The others' volumes are lost. */
  private static Look fenced() {
    return healthy(3).leaderless().gone(0).gone(1).window(2, 3);
  }

  /** The fence keeps demo-1 from running; its volume is there. */
  private static Look heldDown() {
    return healthy(3).leaderless().gone(0).noPod(1).window(2, 3);
  }
}
