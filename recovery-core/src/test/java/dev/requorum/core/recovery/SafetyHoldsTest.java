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
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
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

@Tag("S26")
@DisplayName("What a recovery does not do, because it could make things worse")
class SafetyHoldsTest {

  private static final Duration OVER = Duration.ofMinutes(20);

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("holds")
  void holds(String story, Look look, RecoveryRecord before, Reason reason) {
    Decision decision = decide(look, before);

    assertThat(decision.action()).isEqualTo(Action.none());
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.blocked()).isTrue();
    assertThat(decision.next().attempts()).isEqualTo(before.attempts());
  }

  static Stream<Arguments> holds() {
    Look doomedSurvivor = doomed(lost());
    return Stream.of(
        arguments(
            "the survivor's claim is marked for deletion before the commit",
            doomedSurvivor,
            Recorded.detecting(doomedSurvivor, OVER, 50),
            Reason.SURVIVOR_VOLUME_DOOMED),
        arguments(
            "somebody changed the template since the survivor's pod was made",
            lost().pod(2, Pods.outdated()),
            Recorded.detecting(lost(), OVER, 50),
            Reason.TEMPLATE_CHANGED),
        rebuilding(
            "marked for deletion, not told to start alone yet",
            Step.REWRITE_STATE,
            doomed(rewritten().initialCluster(Optional.of(InitialCluster.sealed())))),
        rebuilding("marked for deletion, not armed yet", Step.ARM, doomed(rewritten())),
        rebuilding("marked for deletion, armed", Step.ARM, doomed(armed(rewritten()))),
        rebuilding(
            "marked for deletion, to be restarted without the flag",
            Step.DISARM,
            doomed(forced().armed(Optional.empty(), false))),
        lostAfterwards("its volume was lost after it was forced", Step.VERIFY, forced()),
        lostAfterwards(
            "its volume was lost before the restart without the flag",
            Step.DISARM,
            forced().armed(Optional.empty(), false)),
        lostAfterwards("its volume was lost in that restart", Step.VERIFY_AGAIN, single()));
  }

  @Test
  @DisplayName("it does not take a survivor for healthy that has less than it was chosen for")
  void lessThanBefore() {
    Look look = forced().answer(2, Answers.freshness(8, 3, 1));
    Decision decision = decide(look, Recorded.rebuilding(look, Step.VERIFY, 2));
    assertThat(decision.next().incident().flatMap(in -> in.dataLoss())).isEmpty();
    assertThat(decision.message()).contains("revision 1");
  }

  @Test
  @DisplayName("it does not forget a rebuild that a quorum came back to before it is disarmed")
  void disarmsFirst() {
    Look look = armed(healthy(3).initialCluster(Optional.of(InitialCluster.sealed())));
    Decision decision = decide(look, Recorded.rebuilding(look, Step.ARM, 2));
    assertThat(decision.action()).isInstanceOf(Action.Disarm.class);
    assertThat(decision.next().ongoing()).isPresent();
  }

  @Test
  @Tag("S02")
  @DisplayName("S02: it does not count on where a pod that it cannot see became Ready in between")
  void readyRestartsTheWindow() {
    Look look = healthy(3).leaderless().gone(0).pod(1, true, true).silent(1);
    Decision decision = decide(look, Recorded.detecting(look, Duration.ofSeconds(59), 50));
    assertThat(decision.next().incident().orElseThrow().evidence().observedLost()).isZero();
  }

  @Test
  @Tag("S01")
  @DisplayName("S01: it does not look again later than at the window's end")
  void looksAtTheEndOfTheWindow() {
    Look look = lost();
    Decision decision = decide(look, Recorded.detecting(look, Duration.ofMillis(58_700), 50));
    assertThat(decision.reason()).isEqualTo(Reason.WAITING_GRACE_PERIOD);
    assertThat(decision.recheckAfter()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  @DisplayName(
      "it does not call a mere election blocked, nor a majority out of sight anything else")
  void blockedWithoutAnIncident() {
    Look election = healthy(3).leaderless();
    Look cutOff = healthy(3).leaderless().unreachable(0).unreachable(1);
    Look majorityLeft = healthy(3).leaderless().unreachable(0);
    assertThat(decide(election, Recorded.noIncident(election)).blocked()).isFalse();
    assertThat(decide(majorityLeft, Recorded.noIncident(majorityLeft)))
        .returns(false, Decision::blocked)
        .returns(Reason.QUORUM_UNDETERMINED, Decision::reason);
    assertThat(decide(cutOff, Recorded.noIncident(cutOff)))
        .returns(true, Decision::blocked)
        .returns(Reason.MEMBER_UNREACHABLE, Decision::reason);
  }

  @Test
  @Tag("S09")
  @DisplayName("S09: it does not pass over in silence that a loss healed")
  void toldThatItHealed() {
    Look look = healthy(3);
    assertThat(decide(look, Recorded.detecting(look, Duration.ofSeconds(3), 50)).announcements())
        .extracting(Announcement::reason)
        .contains(Reason.HEALED);
  }

  private static Arguments rebuilding(String story, Step step, Look look) {
    return arguments(
        story, look, Recorded.rebuilding(look, step, 2), Reason.SURVIVOR_VOLUME_DOOMED);
  }

  private static Arguments lostAfterwards(String story, Step step, Look look) {
    RecoveryRecord before = Recorded.rebuilding(look, step, 2);
    return arguments(story, look.volume(2, "new"), before, Reason.SURVIVOR_NOT_HEALTHY);
  }

  private static Look lost() {
    return healthy(3).leaderless().gone(0).gone(1);
  }

  private static Look rewritten() {
    return lost()
        .window(2, 3)
        .initialCluster(
            Optional.of(
                new InitialCluster(
                    InitialCluster.State.NEW, Map.of(Look.name(2), healthy(3).goal().peerUrl(2)))))
        .copy(Fact.known(Optional.of(new PreservedCopy("/copies/i-1", 9, "0a", Look.AT))));
  }

  private static Look armed(Look look) {
    return look.armed(Optional.of(Recorded.INCIDENT), true);
  }

  private static Look single() {
    return rewritten().notAMember(0).notAMember(1).led(2).listed();
  }

  private static Look forced() {
    return armed(single()).pod(2, Pods.forced());
  }

  private static Look doomed(Look look) {
    return look.volume(
        2, was -> new VolumeView(was.claim(), was.member(), was.uid(), was.bound(), true));
  }
}
