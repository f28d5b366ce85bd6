package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Decision;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.MissingVoter;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S01")
@Tag("S02")
@DisplayName(
    "S01, S02: how long is waited, when is looked again, and what makes a window begin anew")
class PatienceTest {

  private static final RecoveryPolicy POLICY = RecoveryPolicy.defaults();
  private static final Duration ALMOST = Duration.ofSeconds(59);

  @Test
  @DisplayName("after an act is looked again at once, while waiting at the incident's pace")
  void pace() {
    Look uncut = lost();
    assertThat(decide(uncut, Recorded.rebuilding(uncut, Step.FENCE, 2)).recheckAfter())
        .isEqualTo(Decisions.AT_ONCE);
    Look unfenced = lost().window(2, 3).pod(1, false, false);
    assertThat(decide(unfenced, Recorded.rebuilding(unfenced, Step.FENCE, 2)).recheckAfter())
        .isEqualTo(POLICY.incidentInterval());
  }

  @Test
  @DisplayName("a healthy cluster is looked at calmly, one that is being mended is not")
  void calm() {
    assertThat(steady(healthy(3)).recheckAfter()).isEqualTo(POLICY.calmInterval());
    assertThat(steady(healthy(3).down(1)).recheckAfter()).isEqualTo(POLICY.incidentInterval());
    assertThat(steady(healthy(3).gone(1)).recheckAfter()).isEqualTo(Decisions.AT_ONCE);
  }

  @Test
  @DisplayName("a step takes too long when it takes longer than its limit")
  void stepLimit() {
    Look look = lost().window(2, 3).pod(1, false, false);
    RecoveryRecord before = Recorded.rebuilding(look, Step.FENCE, 2);
    Instant limit = before.incident().orElseThrow().stepSince().plus(POLICY.stepLimit());
    assertThat(decide(look.at(limit), before).blocked()).isFalse();
    assertThat(decide(look.at(limit.plusMillis(1)), before).blocked()).isTrue();
  }

  @Test
  @DisplayName("a loss that cannot be told is blocked once it lasts longer than the window")
  void overdue() {
    Look look = outOfSight();
    RecoveryRecord before = Recorded.detecting(look, ALMOST, 50);
    assertThat(decide(look, before).blocked()).isFalse();
    assertThat(decide(look.at(Look.AT.plusMillis(1)), before).blocked()).isTrue();
  }

  @Test
  @DisplayName("a window that is suspended begins anew where a commit was seen, and only then")
  void suspended() {
    Look look = outOfSight();
    assertThat(observed(decide(look, Recorded.detecting(look, ALMOST, 50)))).isEqualTo(ALMOST);
    assertThat(observed(decide(look, Recorded.detecting(look, ALMOST, 49)))).isZero();
  }

  @Test
  @DisplayName("the answer of a voter that did not run before proves a leader in between")
  void startedSince() {
    RecoveryRecord before = Recorded.detecting(lost(), ALMOST, 50);
    for (Missing how : Missing.values()) {
      RecoveryRecord missed = missed(before, new MissingVoter(Look.id(2), Look.name(2), how, ""));
      Decision decision = decide(lost(), missed);
      if (how == Missing.DOWN) {
        assertThat(observed(decision)).isZero();
      } else {
        assertThat(decision.reason()).isEqualTo(Reason.RECOVERY_STARTED);
      }
    }
  }

  private static RecoveryRecord missed(RecoveryRecord before, MissingVoter voter) {
    Incident incident = before.incident().orElseThrow();
    LossEvidence was = incident.evidence();
    LossEvidence evidence =
        new LossEvidence(was.observedLost(), was.lastLook(), was.raftIndex(), List.of(voter));
    return before.withIncident(
        Optional.of(IncidentDraft.of(incident).withEvidence(evidence).build()));
  }

  @Test
  @DisplayName("the first answer of anybody is no proof of a commit in between")
  void firstAnswer() {
    Decision decision = decide(lost(), Recorded.detecting(lost(), ALMOST, 0));
    assertThat(decision.reason()).isEqualTo(Reason.RECOVERY_STARTED);
  }

  @Test
  @DisplayName("a survivor that is lost while it is alone is no loss of a quorum of others")
  void aloneWhileScalingOut() {
    Look look = healthy(1).leaderless().gone(0);
    Decision decision = decide(look, Recorded.in(look, Phase.SCALING_OUT, 0));
    assertThat(decision.reason()).isEqualTo(Reason.SINGLE_MEMBER);
    assertThat(decision.next().incident().map(Incident::phase)).contains(Phase.SCALING_OUT);
    assertThat(decision.blocked()).as("gone").isTrue();
    Look restarts = healthy(1).leaderless().down(0);
    assertThat(decide(restarts, Recorded.in(restarts, Phase.SCALING_OUT, 0)).blocked())
        .as("may come back")
        .isFalse();
  }

  @Test
  @Tag("S03")
  @DisplayName("S03: a cluster over former volumes says so while it waits for all its members")
  void overFormerVolumes() {
    LastKnown known = lost().lastKnown();
    RecoveryRecord never =
        RecoveryRecord.empty()
            .withLastKnown(new LastKnown(false, known.clusterId(), known.members()));
    assertThat(decide(lost(), never).message()).contains("over the volumes of a former cluster");
    Look first = lost().initialCluster(Optional.of(started()));
    assertThat(decide(first, never).message())
        .contains("never had all its members healthy")
        .doesNotContain("former cluster");
  }

  @Test
  @DisplayName("a plan in words ends with why it is not the one asked for, where it is not")
  void planInWords() {
    RecoveryRecord started = decide(lost(), Recorded.detecting(lost(), ALMOST, 50)).next();
    assertThat(started.incident().orElseThrow().message())
        .isEqualTo("restoring from demo-2 (raft term 3, raft index 50, revision 40)");
  }

  private static InitialCluster started() {
    return new InitialCluster(InitialCluster.State.NEW, java.util.Map.of());
  }

  private static Look lost() {
    return healthy(3).leaderless().gone(0).gone(1);
  }

  /** One is gone; one may be alive, and is not called Ready. */
  private static Look outOfSight() {
    return healthy(3).leaderless().gone(0).unreachable(1);
  }

  private static Duration observed(Decision decision) {
    return decision.next().incident().orElseThrow().evidence().observedLost();
  }

  private static Decision steady(Look look) {
    return decide(look, Recorded.noIncident(look));
  }

  private static Decision decide(Look look, RecoveryRecord before) {
    return Steady.decide(look, before, POLICY);
  }
}
