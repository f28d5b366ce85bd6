package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static dev.requorum.core.model.Look.id;
import static dev.requorum.core.model.Look.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Decision;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.core.model.Recorded;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.Reason;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
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

@Tag("S23")
@Tag("S26")
@DisplayName("S23, S26: a survivor that could not be asked, demo-2 of three")
class LastSeenSurvivorTest {

  private static final RecoveryPolicy POLICY = RecoveryPolicy.defaults();

  @Test
  @DisplayName("is planned with as a restore, and the plan says that it was only last seen")
  void plan() {
    Commitment commitment = weigh(left());

    assertThat(commitment.reason()).isEqualTo(Reason.RECOVERY_STARTED);
    RecoveryPlan plan = commitment.plan().orElseThrow();
    assertThat(plan.strategy()).isEqualTo(Strategy.RESTORE);
    assertThat(plan.survivor()).isEqualTo(Survivor.lastSeenAt(id(2), name(2), 2, 40));
    assertThat(plan.passedOver()).isEmpty();
    assertThat(commitment.message())
        .isEqualTo(
            "restoring from demo-2 (last seen at revision 40; it serves no clients, so that it"
                + " cannot be asked what it has)");
  }

  @Test
  @DisplayName("is planned with as a restore, too, where force was asked for, and it is said why")
  void forceAskedFor() {
    RecoveryWish force =
        new RecoveryWish(
            RecoveryWish.Mode.AUTOMATIC, Optional.of(Strategy.FORCE_NEW_CLUSTER), Optional.empty());
    RecoveryPlan plan = weigh(left().wish(force)).plan().orElseThrow();
    assertThat(plan.strategy()).isEqualTo(Strategy.RESTORE);
    assertThat(plan.why()).startsWith("not ForceNewCluster, as was asked for: demo-2 serves no");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("obstacles")
  @DisplayName("is not planned with where")
  void obstacle(String story, Look look, Reason reason, String inWords) {
    Commitment commitment = weigh(look);
    assertThat(commitment.plan()).isEmpty();
    assertThat(commitment.reason()).isEqualTo(reason);
    assertThat(commitment.message()).contains(inWords);
  }

  static Stream<Arguments> obstacles() {
    return Stream.of(
        arguments(
            "its etcd cannot bump revisions",
            left().imageTag(Optional.of("v3.5.9")),
            Reason.VERSION_UNSAFE,
            "demo-2 serves no clients, so that it can only be restored from, and etcd v3.5.9"),
        arguments(
            "its image's tag is no release",
            left().imageTag(Optional.of("latest")),
            Reason.VERSION_UNSAFE,
            "tag latest, which is no etcd release"),
        arguments(
            "its image has no tag",
            left().imageTag(Optional.empty()),
            Reason.VERSION_UNSAFE,
            "its image has no tag"),
        arguments(
            "its pod is of another template, so that the tag is not its own",
            left().pod(2, Pods.outdated()),
            Reason.TEMPLATE_CHANGED,
            "demo-2"),
        arguments(
            "another one waits as well",
            healthy(3).gone(0).restarted(1).restarted(2),
            Reason.NO_SURVIVOR,
            "demo-1, demo-2 run with data"));
  }

  @Test
  @DisplayName("is waited with for the longer window")
  void window() {
    assertThat(Commitment.window(assess(left()), POLICY)).isEqualTo(Duration.ofSeconds(600));
  }

  @Test
  @DisplayName("is passed over by a survivor that answers and is behind, after it was waited for")
  void fresherThanWhoAnswers() {
    Look look = healthy(5).gone(0).gone(1).gone(2).answer(3, Answers.freshness(3, 45, 35));
    look.restarted(4).leaderless();
    RecoveryPlan plan = weigh(look).plan().orElseThrow();
    assertThat(plan.survivor().ordinal()).isEqualTo(3);
    assertThat(plan.passedOver()).singleElement().returns("demo-4", p -> p.name());
    assertThat(FresherVolumes.waitedFor(plan.passedOver(), assess(look), Look.AT))
        .contains("it runs and waits for a leader, so bring others back");
  }

  @Test
  @DisplayName("makes another plan than one that answered with the same figures")
  void hash() {
    Survivor silent = Survivor.lastSeenAt(id(2), name(2), 2, 40);
    Survivor answered = new Survivor(id(2), name(2), 2, 0, 0, 40);
    assertThat(hash(silent)).isNotEqualTo(hash(answered));
  }

  private static String hash(Survivor survivor) {
    StrategyChoice choice = new StrategyChoice(Optional.of(Strategy.RESTORE), "");
    return new PlanDraft(POLICY, "i-1").of(survivor, choice, List.of(), assess(left())).hash();
  }

  @Test
  @DisplayName("promises nothing of what it has before it serves")
  void expectation() {
    Look look = healthy(3).answer(0, Answers.freshness(3, 50, 43));
    RecoveryPlan plan = weigh(left()).plan().orElseThrow();
    assertThat(LossMessage.expected(plan, look.knownNow()))
        .startsWith("What it has not seen would be lost (demo-0 was seen at revision 43 at ")
        .endsWith("how much that is can be told once it serves");
  }

  @Test
  @DisplayName("is not given up for serving nobody as long as a fence takes to close")
  void isNoneTheWorseForWaiting() {
    Look look = healthy(3).noNode(0).down(0).noNode(1).down(1).restarted(2).leaderless();
    look.window(2, 3);
    RecoveryRecord record = Recorded.restoring(look, Step.FENCE, 2, 0);
    Incident longAgo =
        IncidentDraft.of(record.incident().orElseThrow())
            .entering(Step.FENCE, Look.AT.minus(POLICY.downGracePeriod()).minusSeconds(1))
            .build();
    Decision decision = RebuildTest.step(look, record.withIncident(Optional.of(longAgo)));
    assertThat(decision.next().incident().flatMap(Incident::step)).contains(Step.STOP);
  }

  private static Look left() {
    return healthy(3).gone(0).gone(1).restarted(2).leaderless();
  }

  private static Assessment assess(Look look) {
    return QuorumAssessor.assess(look.seen(), look.lastKnown());
  }

  private static Commitment weigh(Look look) {
    look.leaderless();
    return Commitment.weigh(look.seen(), assess(look), look.lastKnown(), POLICY, "i-1");
  }
}
