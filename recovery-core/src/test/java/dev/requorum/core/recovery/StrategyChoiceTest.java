package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static dev.requorum.ports.record.Strategy.FORCE_NEW_CLUSTER;
import static dev.requorum.ports.record.Strategy.RESTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.Reason;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S12")
@Tag("S23")
@DisplayName("S12, S23: how a cluster is rebuilt, by the etcd release that its survivor runs")
class StrategyChoiceTest {

  private static final Optional<Strategy> NOTHING = Optional.empty();

  @ParameterizedTest(
      name = "{0}: nothing asked {1}, Restore {2}, ForceNewCluster {3}, with a learner {4}")
  @CsvSource({
    "3.4.39,       FORCE,   FORCE,   FORCE,   FORCE",
    "3.5.9,        UNSAFE,  UNSAFE,  UNSAFE,  UNSAFE",
    "3.5.10-rc.1,  UNSAFE,  UNSAFE,  UNSAFE,  UNSAFE",
    "3.5.10,       RESTORE, RESTORE, RESTORE, RESTORE",
    "3.5.21,       RESTORE, RESTORE, RESTORE, RESTORE",
    "3.5.22,       RESTORE, RESTORE, FORCE,   RESTORE",
    "3.5.24,       RESTORE, RESTORE, FORCE,   RESTORE",
    "3.5.25,       RESTORE, RESTORE, FORCE,   FORCE",
    "3.6.0-rc.0,   UNSAFE,  UNSAFE,  UNSAFE,  UNSAFE",
    "3.6.0,        RESTORE, RESTORE, RESTORE, RESTORE",
    "3.6.1-rc.0,   RESTORE, RESTORE, RESTORE, RESTORE",
    "3.6.1,        RESTORE, RESTORE, FORCE,   RESTORE",
    "v3.6.5+git,   RESTORE, RESTORE, FORCE,   RESTORE",
    "3.6.6,        RESTORE, RESTORE, FORCE,   FORCE",
    "3.7.0,        RESTORE, RESTORE, FORCE,   FORCE",
    "4.0.0,        RESTORE, RESTORE, FORCE,   FORCE",
    "unknown,      UNSAFE,  UNSAFE,  FORCE,   FORCE",
    "3.6,          UNSAFE,  UNSAFE,  FORCE,   FORCE",
    "'',           UNSAFE,  UNSAFE,  FORCE,   FORCE"
  })
  void choice(String version, String byDefault, String restore, String force, String withLearner) {
    assertThat(chosen(version, NOTHING, false)).isEqualTo(byDefault);
    assertThat(chosen(version, NOTHING, true))
        .isEqualTo(byDefault.equals("FORCE") ? withLearner : byDefault);
    assertThat(chosen(version, Optional.of(RESTORE), false)).isEqualTo(restore);
    assertThat(chosen(version, Optional.of(FORCE_NEW_CLUSTER), false)).isEqualTo(force);
    assertThat(chosen(version, Optional.of(FORCE_NEW_CLUSTER), true)).isEqualTo(withLearner);
  }

  @ParameterizedTest(name = "{0}, {1} asked for: {3}")
  @MethodSource("words")
  void saysWhy(String version, Optional<Strategy> asked, boolean learners, List<String> words) {
    String why = StrategyChoice.of(version, asked, learners).why();
    if (words.isEmpty()) {
      assertThat(why).isEmpty();
    } else {
      assertThat(why).contains(words);
    }
  }

  static Stream<Arguments> words() {
    Optional<Strategy> force = Optional.of(FORCE_NEW_CLUSTER);
    return Stream.of(
        arguments("3.6.16", NOTHING, true, List.of()),
        arguments("3.6.16", Optional.of(RESTORE), false, List.of()),
        arguments("3.6.16", force, false, List.of()),
        arguments("3.5.21", NOTHING, false, List.of()),
        arguments(
            "3.5.21", force, false, List.of("not ForceNewCluster", "3.5.21", "former members")),
        arguments("3.6.5", force, true, List.of("not ForceNewCluster", "3.6.5", "learner")),
        arguments(
            "3.4.39", Optional.of(RESTORE), false, List.of("not Restore", "3.5.10 and newer")),
        arguments(
            "3.5.9", NOTHING, false, List.of("3.5.9", "3.5.10 and newer", "3.5.22", "by hand")),
        arguments("dev", NOTHING, false, List.of("\"dev\"", "spec.recovery.strategy")));
  }

  @Test
  @DisplayName(
      "a commitment names the version, the defect and what would be valid where it is unsafe")
  void holds() {
    Commitment commitment = weigh(lost().answer(2, Answers.running("3.5.9")));
    assertThat(commitment.plan()).isEmpty();
    assertThat(commitment.reason()).isEqualTo(Reason.VERSION_UNSAFE);
    assertThat(commitment.message()).contains("etcd 3.5.9", "3.5.22");
  }

  @Test
  @DisplayName("a learner that any member that answers knows of counts")
  void learnerToldByAMember() {
    Look asked = lost().answer(2, Answers.running("3.6.5")).wish(force());
    assertThat(weigh(asked).plan().orElseThrow().strategy()).isEqualTo(FORCE_NEW_CLUSTER);
    Look told = lost().stranger(9, true).answer(2, Answers.running("3.6.5")).wish(force());
    assertThat(weigh(told).plan().orElseThrow())
        .returns(RESTORE, plan -> plan.strategy())
        .returns(RecoveryPolicy.defaults().revisionBump(), plan -> plan.revisionBump());
  }

  @Test
  @DisplayName("a learner that was there when a quorum was last seen counts")
  void learnerLastKnown() {
    Look look = lost().answer(2, Answers.running("3.6.5")).wish(force());
    LastKnown known = look.lastKnown();
    KnownMember learner =
        new KnownMember(
            Look.newId(3),
            Look.name(3),
            true,
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty());
    LastKnown withLearner =
        known.withMembers(Stream.concat(known.members().stream(), Stream.of(learner)).toList());
    assertThat(weigh(look, withLearner).plan().orElseThrow().strategy()).isEqualTo(RESTORE);
  }

  private static String chosen(String version, Optional<Strategy> asked, boolean learners) {
    return StrategyChoice.of(version, asked, learners)
        .strategy()
        .map(strategy -> strategy == RESTORE ? "RESTORE" : "FORCE")
        .orElse("UNSAFE");
  }

  private static Look lost() {
    return healthy(3).gone(0).gone(1).leaderless();
  }

  private static RecoveryWish force() {
    return new RecoveryWish(
        RecoveryWish.Mode.AUTOMATIC, Optional.of(FORCE_NEW_CLUSTER), Optional.empty());
  }

  private static Commitment weigh(Look look) {
    return weigh(look, look.lastKnown());
  }

  private static Commitment weigh(Look look, LastKnown known) {
    return Commitment.weigh(
        look.seen(),
        QuorumAssessor.assess(look.seen(), known),
        known,
        RecoveryPolicy.defaults(),
        "i-1");
  }
}
