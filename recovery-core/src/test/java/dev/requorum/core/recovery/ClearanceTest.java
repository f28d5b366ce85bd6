package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static dev.requorum.ports.RecoveryWish.Mode.APPROVE;
import static dev.requorum.ports.RecoveryWish.Mode.AUTOMATIC;
import static dev.requorum.ports.RecoveryWish.Mode.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Decision;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Reason;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S22")
@DisplayName("S22: what a plan lacks to be begun")
class ClearanceTest {

  private static final Duration OVER = Duration.ofMinutes(20);
  private static final RecoveryPolicy POLICY =
      RecoveryPolicy.defaults()
          .withLimits(new AttemptLimits(2, Duration.ofHours(1), Duration.ofMinutes(1)), 1000);

  @ParameterizedTest(name = "mode {0}, begun {1} s ago: {2}")
  @MethodSource("cases")
  void missing(
      RecoveryWish.Mode mode, List<Long> secondsAgo, Optional<Reason> lacking, boolean blocked) {
    Decision decision = decide(lost().wish(wish(mode, Optional.empty())), begun(secondsAgo));

    assertThat(decision.reason()).isEqualTo(lacking.orElse(Reason.RECOVERY_STARTED));
    assertThat(decision.blocked()).isEqualTo(blocked);
    assertThat(decision.next().attempts()).isEqualTo(lacking.isPresent() ? 0 : 1);
    assertThat(incident(decision).plan()).isPresent();
  }

  static Stream<Arguments> cases() {
    Optional<Reason> nothing = Optional.empty();
    Optional<Reason> exhausted = Optional.of(Reason.ATTEMPTS_EXHAUSTED);
    Optional<Reason> cooling = Optional.of(Reason.COOLING_DOWN);
    Optional<Reason> approval = Optional.of(Reason.AWAITING_APPROVAL);
    Optional<Reason> off = Optional.of(Reason.RECOVERY_OFF);
    return Stream.of(
        arguments(AUTOMATIC, List.of(), nothing, false),
        arguments(AUTOMATIC, List.of(60L), nothing, false),
        arguments(AUTOMATIC, List.of(59L), cooling, false),
        arguments(AUTOMATIC, List.of(-5L), cooling, false),
        arguments(AUTOMATIC, List.of(3599L, 60L), exhausted, true),
        arguments(AUTOMATIC, List.of(3599L, 59L), exhausted, true),
        arguments(AUTOMATIC, List.of(3600L, 60L), nothing, false),
        arguments(AUTOMATIC, List.of(4000L, 3700L, 3600L, 60L), nothing, false),
        arguments(APPROVE, List.of(), approval, true),
        arguments(APPROVE, List.of(59L), cooling, false),
        arguments(APPROVE, List.of(3599L, 60L), exhausted, true),
        arguments(NEVER, List.of(), off, true),
        arguments(NEVER, List.of(59L), off, true),
        arguments(NEVER, List.of(3599L, 60L), off, true));
  }

  @Test
  @DisplayName(
      "the bound says how many, since when and until when, and which field to raise; it counts none")
  void exhausted() {
    Decision decision = decide(lost(), begun(List.of(3000L, 60L)));
    assertThat(decision.message())
        .contains(
            "2 rebuilds",
            "since " + ago(3000),
            "at " + ago(3000).plusSeconds(3600),
            "spec.recovery.maxAttempts");
  }

  @Test
  @DisplayName("the cool-down says until when")
  void cooling() {
    assertThat(decide(lost(), begun(List.of(20L))).message())
        .contains(ago(20).plusSeconds(60).toString());
  }

  @Test
  @DisplayName(
      "a request for approval says what would be done, what would be lost at least, and how to approve")
  void request() {
    Decision decision =
        decide(
            lost().answer(2, Answers.freshness(3, 50, 33)).wish(wish(APPROVE, Optional.empty())),
            begun(List.of()));
    assertThat(decision.message())
        .contains(
            "restoring from demo-2",
            "revision 33",
            "At least 7 revisions would be lost, for demo-",
            "operator.etcd.io/approve-recovery=" + plan(decision).hash())
        .doesNotContain("void");
  }

  @Test
  @DisplayName("the plan that is approved is begun, on that very look")
  void approved() {
    RecoveryRecord before = begun(List.of());
    String hash = plan(decide(lost().wish(wish(APPROVE, Optional.empty())), before)).hash();
    Decision decision = decide(lost().wish(wish(APPROVE, Optional.of(hash))), before);
    assertThat(incident(decision).phase()).isEqualTo(Phase.REBUILDING);
    assertThat(plan(decision).hash()).isEqualTo(hash);
  }

  @Test
  @DisplayName("an approval of another plan is void, and said to be")
  void another() {
    RecoveryRecord before = begun(List.of());
    String hash = plan(decide(lost().wish(wish(APPROVE, Optional.empty())), before)).hash();
    Decision decision =
        decide(
            lost().answer(2, Answers.freshness(3, 51, 40)).wish(wish(APPROVE, Optional.of(hash))),
            evidenceUpTo(51));
    assertThat(decision.reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    assertThat(decision.message()).contains("void", "plan " + hash, plan(decision).hash());
    assertThat(plan(decision).hash()).isNotEqualTo(hash);
  }

  @Test
  @DisplayName("a plan is forgotten as soon as the loss is not certain any more")
  void forgotten() {
    RecoveryRecord planned =
        decide(lost().wish(wish(APPROVE, Optional.empty())), begun(List.of())).next();
    assertThat(planned.incident().flatMap(Incident::plan)).isPresent();
    Look uncertain = healthy(3).leaderless().gone(0).unreachable(1);
    assertThat(incident(decide(uncertain, planned)).plan()).isEmpty();
  }

  @Test
  @DisplayName("where recovery is off it says what would be done, and how to have it done")
  void off() {
    Decision decision = decide(lost().wish(wish(NEVER, Optional.empty())), begun(List.of()));
    assertThat(decision.message())
        .contains("spec.recovery.mode is Never", "restoring from demo-2", "set another mode");
  }

  private static Look lost() {
    return healthy(3).leaderless().gone(0).gone(1);
  }

  private static RecoveryWish wish(RecoveryWish.Mode mode, Optional<String> approved) {
    return new RecoveryWish(mode, Optional.empty(), approved);
  }

  /** A loss that lasted long enough, after rebuilds that were begun so long ago. */
  private static RecoveryRecord begun(List<Long> secondsAgo) {
    List<Incident> history =
        secondsAgo.stream()
            .map(
                seconds ->
                    IncidentDraft.of(
                            Recorded.in(lost(), Phase.COMPLETED, 2).incident().orElseThrow())
                        .committedTo(survivor(), ago(seconds))
                        .completed(Look.AT)
                        .build())
            .toList();
    return Recorded.detecting(lost(), OVER, 50).withHistory(history);
  }

  private static RecoveryRecord evidenceUpTo(long raftIndex) {
    return Recorded.detecting(lost(), OVER, raftIndex);
  }

  private static Survivor survivor() {
    return Recorded.in(lost(), Phase.COMPLETED, 2)
        .incident()
        .orElseThrow()
        .survivor()
        .orElseThrow();
  }

  private static Instant ago(long seconds) {
    return Look.AT.minusSeconds(seconds);
  }

  private static Incident incident(Decision decision) {
    return decision.next().incident().orElseThrow();
  }

  private static RecoveryPlan plan(Decision decision) {
    return incident(decision).plan().orElseThrow();
  }

  private static Decision decide(Look look, RecoveryRecord before) {
    return Steady.decide(look, before, POLICY);
  }
}
