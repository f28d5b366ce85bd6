package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.core.model.Recorded;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
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

@Tag("S12")
@Tag("S26")
@DisplayName(
    "S12, S26: each step of a rebuild from demo-2, the act it takes, and what it waits for")
class RebuildTest {

  private static final String NOTHING = "None";
  private static final PreservedCopy COPY = new PreservedCopy("/copies/i-1", 9, "0a", Look.AT);

  @ParameterizedTest(name = "{0}: {2}, then {3} ({4})")
  @MethodSource("steps")
  void step(String story, Step at, Look look, String act, Optional<Step> next, Reason reason) {
    Decision decision = step(look, Recorded.rebuilding(look, at, 2));

    assertThat(decision.action().getClass().getSimpleName()).isEqualTo(act);
    assertThat(decision.next().incident().flatMap(Incident::step)).isEqualTo(next);
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.next().attempts()).isEqualTo(1);
  }

  static Stream<Arguments> steps() {
    return Stream.of(fence(), preserve(), rewriteState(), arm(), verify(), disarm(), verifyAgain())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> fence() {
    return Stream.of(
        stays("fence: others run", Step.FENCE, lost(), "Resize", Reason.FENCING),
        goes(
            "fence: others run, and one may be alive behind a silent node",
            Step.FENCE,
            healthy(3).leaderless().gone(0).unreachable(1),
            Step.RELEASE,
            Reason.MEMBER_UNREACHABLE),
        stays(
            "fence: others run, and the verdict is open",
            Step.FENCE,
            healthy(3).leaderless().gone(0).silent(1),
            NOTHING,
            Reason.QUORUM_UNDETERMINED),
        stays(
            "fence: a former pod is still there",
            Step.FENCE,
            alone().pod(1, false, false),
            NOTHING,
            Reason.FENCING),
        stays(
            "fence: a former pod that was never bound is still there",
            Step.FENCE,
            alone().pod(1, false, false).pod(1, Pods.unbound()),
            NOTHING,
            Reason.FENCING),
        goes(
            "fence: a former pod is left on a node that is out of service",
            Step.FENCE,
            alone().pod(1, false, false).node(1, false, true),
            Step.PRESERVE,
            Reason.PRESERVING),
        goes(
            "fence: a former pod is left on a node that is gone",
            Step.FENCE,
            alone().pod(1, false, false).noNode(1),
            Step.PRESERVE,
            Reason.PRESERVING),
        goes(
            "fence: a former member's node fell silent before anything was forced",
            Step.FENCE,
            alone().node(1, false, false),
            Step.RELEASE,
            Reason.MEMBER_UNREACHABLE),
        stays(
            "fence: nodes are unreadable",
            Step.FENCE,
            alone().hidden(WorkloadPart.NODES),
            NOTHING,
            Reason.FENCING),
        stays(
            "S15, fence: the survivor's pod is missing",
            Step.FENCE,
            alone().noPod(2),
            NOTHING,
            Reason.SURVIVOR_POD_MISSING),
        stays(
            "fence: it fell after arming, and nothing was forced yet",
            Step.FENCE,
            armed(rewritten()).node(1, false, false),
            "Disarm",
            Reason.DISARMING),
        goes(
            "fence: it fell after arming, and the survivor runs with the flag",
            Step.FENCE,
            forced().node(1, false, false),
            Step.VERIFY,
            Reason.VERIFYING),
        goes(
            "fence: the survivor was forced and runs without the flag",
            Step.FENCE,
            single(),
            Step.VERIFY,
            Reason.VERIFYING),
        goes("fence: it is up", Step.FENCE, alone(), Step.PRESERVE, Reason.PRESERVING),
        called("fence: a quorum is back", Step.FENCE, healthy(3)));
  }

  private static Stream<Arguments> preserve() {
    return Stream.of(
        stays(
            "preserve: no copy",
            Step.PRESERVE,
            alone().copy(none()),
            "Preserve",
            Reason.PRESERVING),
        stays(
            "preserve: unknown whether there is one",
            Step.PRESERVE,
            alone(),
            NOTHING,
            Reason.EVIDENCE_INCOMPLETE),
        stays(
            "preserve: the survivor does not answer",
            Step.PRESERVE,
            alone().down(2).copy(none()),
            NOTHING,
            Reason.SURVIVOR_NOT_HEALTHY),
        goes(
            "preserve: the fence fell",
            Step.PRESERVE,
            alone().window(0, 3).copy(none()),
            Step.FENCE,
            Reason.FENCING),
        goes(
            "preserve: there is a copy",
            Step.PRESERVE,
            alone().copy(Fact.known(Optional.of(COPY))),
            Step.REWRITE_STATE,
            Reason.REWRITING_STATE),
        called("preserve: a quorum is back", Step.PRESERVE, healthy(3)));
  }

  private static Stream<Arguments> rewriteState() {
    return Stream.of(
        stays(
            "S13, rewrite: it is sealed",
            Step.REWRITE_STATE,
            alone(),
            "WriteInitialCluster",
            Reason.REWRITING_STATE),
        stays(
            "S13, rewrite: it is not there",
            Step.REWRITE_STATE,
            alone().initialCluster(Optional.empty()),
            "WriteInitialCluster",
            Reason.REWRITING_STATE),
        stays(
            "S13, rewrite: it names two members",
            Step.REWRITE_STATE,
            alone().initialCluster(Optional.of(told(1, 2))),
            "WriteInitialCluster",
            Reason.REWRITING_STATE),
        stays(
            "S13, rewrite: it cannot be read",
            Step.REWRITE_STATE,
            rewritten().hidden(WorkloadPart.INITIAL_CLUSTER),
            NOTHING,
            Reason.EVIDENCE_INCOMPLETE),
        stays(
            "rewrite: the survivor's volume is lost",
            Step.REWRITE_STATE,
            alone().volume(2, "new"),
            NOTHING,
            Reason.NO_SURVIVOR),
        goes(
            "rewrite: the fence fell",
            Step.REWRITE_STATE,
            alone().window(1, 3),
            Step.FENCE,
            Reason.FENCING),
        goes("rewrite: done", Step.REWRITE_STATE, rewritten(), Step.ARM, Reason.ARMING),
        called("rewrite: a quorum is back", Step.REWRITE_STATE, healthy(3)));
  }

  private static Stream<Arguments> arm() {
    return Stream.of(
        stays("S14, arm: not armed", Step.ARM, rewritten(), "Arm", Reason.ARMING),
        stays(
            "arm: armed for this incident, not restarted",
            Step.ARM,
            armed(rewritten()),
            "RestartPod",
            Reason.ARMING),
        stays(
            "arm: armed for another incident",
            Step.ARM,
            rewritten().armed(Optional.of("i-0"), true),
            "Disarm",
            Reason.DISARMING),
        stays(
            "arm: the flag without a mark",
            Step.ARM,
            rewritten().armed(Optional.empty(), true),
            "Disarm",
            Reason.DISARMING),
        stays(
            "arm: the mark without the flag",
            Step.ARM,
            rewritten().armed(Optional.of(Recorded.INCIDENT), false),
            "Disarm",
            Reason.DISARMING),
        stays(
            "S15, arm: the survivor's pod is missing",
            Step.ARM,
            rewritten().noPod(2),
            NOTHING,
            Reason.SURVIVOR_POD_MISSING),
        stays(
            "arm: the survivor's pod is being deleted",
            Step.ARM,
            armed(rewritten()).silent(2).pod(2, Pods.terminating()),
            NOTHING,
            Reason.ARMING),
        stays(
            "arm: the survivor's volume is lost",
            Step.ARM,
            rewritten().volume(2, "new"),
            NOTHING,
            Reason.NO_SURVIVOR),
        stays(
            "arm: somebody changed the template",
            Step.ARM,
            rewritten().pod(2, Pods.outdated()),
            NOTHING,
            Reason.TEMPLATE_CHANGED),
        stays(
            "arm: armed, so that its template is another one",
            Step.ARM,
            armed(rewritten()).pod(2, Pods.outdated()),
            "RestartPod",
            Reason.ARMING),
        stays(
            "arm: the survivor does not answer",
            Step.ARM,
            rewritten().down(2),
            NOTHING,
            Reason.SURVIVOR_NOT_HEALTHY),
        stays(
            "arm: armed, and the survivor does not answer",
            Step.ARM,
            armed(rewritten()).down(2),
            "Disarm",
            Reason.DISARMING),
        stays(
            "arm: the volumes are unreadable",
            Step.ARM,
            rewritten().hidden(WorkloadPart.VOLUMES),
            NOTHING,
            Reason.SURVIVOR_NOT_HEALTHY),
        stays(
            "arm: the verdict is open",
            Step.ARM,
            rewritten().volume(0, "claim-0").pod(0, true, false).node(0, false, true),
            NOTHING,
            Reason.QUORUM_UNDETERMINED),
        stays(
            "arm: armed, and the verdict is open by now",
            Step.ARM,
            armed(rewritten()).volume(0, "claim-0").pod(0, true, false).node(0, false, true),
            "Disarm",
            Reason.DISARMING),
        stays(
            "arm: unknown whether the copy is still there",
            Step.ARM,
            rewritten().copy(Fact.unknown("its volume is not mounted")),
            NOTHING,
            Reason.EVIDENCE_INCOMPLETE),
        goes(
            "arm: the copy is gone",
            Step.ARM,
            rewritten().copy(none()),
            Step.PRESERVE,
            Reason.PRESERVING),
        stays(
            "arm: armed, and the copy is gone",
            Step.ARM,
            armed(rewritten()).copy(none()),
            "Disarm",
            Reason.DISARMING),
        stays(
            "arm: armed, and unknown whether the copy is still there",
            Step.ARM,
            armed(rewritten()).copy(Fact.unknown("its volume is not mounted")),
            "Disarm",
            Reason.DISARMING),
        goes(
            "arm: the survivor runs with the flag, and the copy is gone",
            Step.ARM,
            armed(rewritten()).copy(none()).pod(2, Pods.forced()),
            Step.VERIFY,
            Reason.VERIFYING),
        goes("arm: the fence fell", Step.ARM, rewritten().window(0, 3), Step.FENCE, Reason.FENCING),
        goes(
            "S13, arm: sealed again",
            Step.ARM,
            alone(),
            Step.REWRITE_STATE,
            Reason.REWRITING_STATE),
        goes(
            "arm: the survivor runs with the flag",
            Step.ARM,
            armed(rewritten()).pod(2, Pods.forced()),
            Step.VERIFY,
            Reason.VERIFYING),
        called("arm: a quorum is back, nothing forced", Step.ARM, healthy(3)));
  }

  private static Stream<Arguments> verify() {
    return Stream.of(
        goes("S16, verify: it leads itself", Step.VERIFY, forced(), Step.DISARM, Reason.DISARMING),
        waits("verify: its pod does not run", Step.VERIFY, forced().down(2)),
        waits(
            "verify: it runs, and its template was changed",
            Step.VERIFY,
            forced().silent(2).pod(2, Pods.outdated())),
        stays(
            "verify: its pod does not run, and its template was corrected",
            Step.VERIFY,
            forced().down(2).pod(2, Pods.forced()).pod(2, Pods.outdated()),
            "RestartPod",
            Reason.VERIFYING),
        waits("verify: it does not answer", Step.VERIFY, forced().silent(2)),
        waits(
            "verify: somebody else answers",
            Step.VERIFY,
            forced().answer(2, Answers.as(new MemberId(9)))),
        waits(
            "verify: it does not lead",
            Step.VERIFY,
            forced().answer(2, Answers.leader(Optional.empty()))),
        goes(
            "verify: it leads itself, and the copy is gone",
            Step.VERIFY,
            forced().copy(none()),
            Step.DISARM,
            Reason.DISARMING),
        waits(
            "verify: it confirms no member list",
            Step.VERIFY,
            forced().memberList(Fact.unknown("timed out"))));
  }

  private static Stream<Arguments> disarm() {
    return Stream.of(
        stays("S16, disarm: armed", Step.DISARM, forced(), "Disarm", Reason.DISARMING),
        stays(
            "S16, disarm: disarmed, not restarted",
            Step.DISARM,
            forced().armed(Optional.empty(), false),
            "RestartPod",
            Reason.DISARMING),
        stays(
            "disarm: the survivor's pod is missing",
            Step.DISARM,
            forced().armed(Optional.empty(), false).noPod(2),
            NOTHING,
            Reason.DISARMING),
        goes(
            "disarm: it runs without the flag",
            Step.DISARM,
            single(),
            Step.VERIFY_AGAIN,
            Reason.VERIFYING_AGAIN));
  }

  private static Stream<Arguments> verifyAgain() {
    return Stream.of(
        arguments(
            "verify again: all is well",
            Step.VERIFY_AGAIN,
            single(),
            NOTHING,
            Optional.empty(),
            Reason.RECOVERY_SCALING_OUT),
        goes(
            "S16, verify again: armed after all",
            Step.VERIFY_AGAIN,
            armed(single()),
            Step.DISARM,
            Reason.DISARMING),
        goes(
            "S16, verify again: it still runs with the flag",
            Step.VERIFY_AGAIN,
            single().pod(2, Pods.forced()),
            Step.DISARM,
            Reason.DISARMING),
        stays(
            "verify again: its pod does not run, and its template was corrected",
            Step.VERIFY_AGAIN,
            single().down(2).pod(2, Pods.outdated()),
            "RestartPod",
            Reason.VERIFYING_AGAIN),
        stays(
            "verify again: it does not answer yet",
            Step.VERIFY_AGAIN,
            single().silent(2),
            NOTHING,
            Reason.VERIFYING_AGAIN),
        stays(
            "verify again: a former member is left in the list",
            Step.VERIFY_AGAIN,
            single().newLearner(0),
            "Remove",
            Reason.REMOVING_MEMBER));
  }

  @ParameterizedTest(name = "{0}: {3} in step {4}")
  @MethodSource("passedThrough")
  @DisplayName("a step is entered in the turn of its first act, and a step that is done is passed")
  void passes(String story, Step at, Look look, String act, Optional<Step> entered) {
    Decision decision = decide(look, Recorded.rebuilding(look, at, 2));

    assertThat(decision.action().getClass().getSimpleName()).isEqualTo(act);
    assertThat(decision.next().incident().flatMap(Incident::step)).isEqualTo(entered);
    assertThat(decision.next().incident().orElseThrow().stepSince()).isEqualTo(Look.AT);
  }

  private static Stream<Arguments> passedThrough() {
    Look copied = alone().copy(Fact.known(Optional.of(COPY)));
    return Stream.of(
        arguments(
            "the fence is up",
            Step.FENCE,
            alone().copy(none()),
            "Preserve",
            Optional.of(Step.PRESERVE)),
        arguments(
            "there is a copy",
            Step.FENCE,
            copied,
            "WriteInitialCluster",
            Optional.of(Step.REWRITE_STATE)),
        arguments("all is ready", Step.FENCE, rewritten(), "Arm", Optional.of(Step.ARM)),
        arguments(
            "the copy is gone",
            Step.ARM,
            rewritten().copy(none()),
            "Preserve",
            Optional.of(Step.PRESERVE)),
        arguments("it leads itself", Step.ARM, forced(), "Disarm", Optional.of(Step.DISARM)),
        arguments(
            "it was forced, and serves without the flag",
            Step.ARM,
            single(),
            NOTHING,
            Optional.empty()),
        arguments(
            "the fence fell",
            Step.ARM,
            rewritten().window(0, 3),
            "Resize",
            Optional.of(Step.FENCE)));
  }

  @Test
  @Tag("S20")
  @DisplayName(
      "S20: the data loss is recorded when the survivor leads itself, with what it had then")
  void dataLoss() {
    Decision decision = decide(forced(), Recorded.rebuilding(forced(), Step.VERIFY, 2));
    var loss = decision.next().incident().orElseThrow().dataLoss().orElseThrow();
    assertThat(loss.survivor()).isEqualTo(Look.id(2));
    assertThat(loss.retainedRevision()).isEqualTo(40);
    assertThat(loss.raftIndex()).isEqualTo(50);
    assertThat(loss.recoveredAt()).isEqualTo(Look.AT);
  }

  @Test
  @DisplayName("a copy that is gone stops nothing once the survivor was forced, but it is said")
  void copyLostAfterwards() {
    for (Look look : List.of(forced(), forced().silent(2))) {
      RecoveryRecord before = Recorded.rebuilding(look, Step.VERIFY, 2);
      assertThat(decide(look, before).message()).doesNotContain("copy");
      assertThat(decide(look.copy(none()), before).message())
          .contains("the copy of its data is gone");
    }
  }

  @Test
  @Tag("S17")
  @DisplayName("S17: what the health gate complains of is waited for, in its own words")
  void seam() {
    SurvivorHealth never = (seen, assessment, survivor) -> Optional.of("the moon is full");
    RecoveryRecord before = Recorded.rebuilding(forced(), Step.VERIFY, 2);
    Decision decision = decide(forced(), before, never);
    assertThat(decision.reason()).isEqualTo(Reason.VERIFYING);
    assertThat(decision.message()).contains("demo-2", "the moon is full");
    assertThat(decision.action()).isEqualTo(Action.none());
  }

  @Test
  @Tag("S12")
  @DisplayName("S12: after the rebuild the survivor is the only member known")
  void knownAfterwards() {
    RecoveryRecord next =
        decide(single(), Recorded.rebuilding(lost(), Step.VERIFY_AGAIN, 2)).next();
    assertThat(next.incident().map(Incident::phase)).contains(Phase.SCALING_OUT);
    assertThat(next.lastKnown().members()).singleElement().matches(m -> m.id().equals(Look.id(2)));
    assertThat(next.lastKnown().bootstrapped()).isTrue();
  }

  // Rows: what stays in its step, goes on to another, or is called off.

  private static Arguments stays(String story, Step step, Look look, String act, Reason reason) {
    return arguments(story, step, look, act, Optional.of(step), reason);
  }

  private static Arguments waits(String story, Step step, Look look) {
    return stays(story, step, look, NOTHING, Reason.VERIFYING);
  }

  private static Arguments goes(String story, Step step, Look look, Step next, Reason reason) {
    return arguments(story, step, look, NOTHING, Optional.of(next), reason);
  }

  private static Arguments called(String story, Step step, Look look) {
    return arguments(story, step, look, NOTHING, Optional.empty(), Reason.HEALED);
  }

  // Looks: two of three lost; fenced; rewritten; armed; forced; alone without the flag.

  private static Look lost() {
    return healthy(3).leaderless().gone(0).gone(1);
  }

  private static Look alone() {
    return lost().window(2, 3);
  }

  private static Look rewritten() {
    return alone().initialCluster(Optional.of(told(2))).copy(Fact.known(Optional.of(COPY)));
  }

  private static Look armed(Look look) {
    return look.armed(Optional.of(Recorded.INCIDENT), true);
  }

  private static Look forced() {
    return armed(single()).pod(2, Pods.forced());
  }

  private static Look single() {
    return rewritten().notAMember(0).notAMember(1).led(2).listed();
  }

  private static InitialCluster told(int... ordinals) {
    Map<String, java.net.URI> members = new java.util.TreeMap<>();
    for (int ordinal : ordinals) {
      members.put(Look.name(ordinal), healthy(3).goal().peerUrl(ordinal));
    }
    return new InitialCluster(InitialCluster.State.NEW, members);
  }

  private static Fact<Optional<PreservedCopy>> none() {
    return Fact.known(Optional.empty());
  }

  /** What the step that is recorded decides, without the steps that it may enter. */
  static Decision step(Look look, RecoveryRecord before) {
    Observation seen = look.seen();
    return new Rebuild(
            new RebuildScene(
                seen,
                QuorumAssessor.assess(seen, before.lastKnown()),
                before,
                before.incident().orElseThrow(),
                seen.workload().statefulSet().value().orElseThrow().orElseThrow(),
                new Decisions(seen.at(), before, RecoveryPolicy.defaults())),
            RecoveryPolicy.defaults(),
            SurvivorHealth.leadsItself())
        .step();
  }

  private static Decision decide(Look look, RecoveryRecord before) {
    return decide(look, before, SurvivorHealth.leadsItself());
  }

  private static Decision decide(Look look, RecoveryRecord before, SurvivorHealth health) {
    return new SteadyReconcile(health)
        .decide(
            look.seen(),
            QuorumAssessor.assess(look.seen(), before.lastKnown()),
            before,
            RecoveryPolicy.defaults());
  }
}
