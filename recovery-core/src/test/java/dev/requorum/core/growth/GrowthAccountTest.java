package dev.requorum.core.growth;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Action;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S18")
@DisplayName("S18: how far the wanted membership is, in words, and whom that is measured by")
class GrowthAccountTest {

  @Test
  @DisplayName("a cluster that is as it was asked for says how many members it has")
  void asDesired() {
    assertThat(next(healthy(1)).message()).isEqualTo("1 member, healthy");
    assertThat(next(healthy(3)).message()).isEqualTo("3 members, all healthy");
  }

  @Test
  @DisplayName("a learner that has not answered is waited for, with what its pod says")
  void starting() {
    Look look = ticket(single().newLearner(1)).window(1, 3);
    assertThat(next(look).message()).endsWith("demo-1 to start: its pod does not exist yet");
    look.pod(1, false, false);
    assertThat(next(look).message()).endsWith("demo-1 to start: its pod is starting");
    look.pod(1, Pods.detail("ContainerCreating"));
    assertThat(next(look).message()).endsWith("demo-1 to start: ContainerCreating");
  }

  @Test
  @DisplayName("a learner in whose pod somebody else answers cannot start, and it is said who does")
  void stranger() {
    Look look = ticket(single().newLearner(1)).window(1, 3).pod(1, true, true);
    GrowthStep step = next(look.answer(1, Answers.as(new MemberId(9))));
    assertThat(step.action()).isEqualTo(Action.none());
    assertThat(step.reason()).isEqualTo(Reason.MEMBER_UNHEALTHY);
    assertThat(step.message())
        .contains("data of member 9 of cluster " + Look.OURS)
        .doesNotContain("etcd-data");
    assertThat(next(look.volume(1, "new")).message()).contains("its claim etcd-data-demo-1 came");
  }

  @Test
  @DisplayName("a learner that crashes again and again is a human's to look at, and is told apart")
  void crashing() {
    Look look = ticket(single().newLearner(1)).window(1, 3).pod(1, false, false);
    assertThat(next(look.pod(1, Pods.crashed(1))).message()).contains("to start: CrashLoopBackOff");
    assertThat(next(look.pod(1, Pods.crashed(2))).message())
        .contains("does not start: CrashLoopBackOff", "etcdctl member remove " + Look.newId(1));
    look.pod(1, Pods.terminating());
    assertThat(next(look).reason()).isEqualTo(Reason.STARTING_LEARNER);
  }

  @Test
  @DisplayName("how far a learner is, is measured by the leader, whatever others say")
  void measuredByTheLeader() {
    Look look = healthy(3).notAMember(1).member(1, true).runs(1);
    look.answer(1, Answers.freshness(3, 50, 37)).answer(2, Answers.freshness(3, 50, 60));
    assertThat(next(look).action()).isEqualTo(new Action.Promote(Look.id(1)));
  }

  @Test
  @Tag("S19")
  @DisplayName("S19: nothing is done on an empty member list, whoever took it for confirmed")
  void emptyList() {
    Look look = healthy(3).size(1);
    Assessment empty =
        new Assessment(
            Verdict.QUORATE, List.of(), Optional.of(List.of()), Optional.empty(), "empty");
    GrowthStep step =
        Growth.next(look.seen(), empty, look.lastKnown(), Evidence.of(RecoveryRecord.empty()));
    assertThat(step.action()).isEqualTo(Action.none());
    assertThat(step.reason()).isEqualTo(Reason.MEMBER_LIST_UNUSABLE);
  }

  @Test
  @DisplayName(
      "at a first start nobody is replaced for having a volume that is younger than the set")
  void firstStart() {
    Look look =
        healthy(3)
            .down(1)
            .volume(1, v -> new VolumeView(v.claim(), v.member(), v.uid(), v.bound(), false, true))
            .initialCluster(Optional.of(new InitialCluster(InitialCluster.State.NEW, Map.of())));
    LastKnown nothing = LastKnown.nothing();
    GrowthStep step =
        Growth.next(
            look.seen(),
            QuorumAssessor.assess(look.seen(), nothing),
            nothing,
            Evidence.of(RecoveryRecord.empty()));
    assertThat(step.reason()).isEqualTo(Reason.BOOTSTRAPPING);
  }

  /** Three are wanted; demo-2 is the only member, and the only one that runs. */
  private static Look single() {
    Look look = healthy(3).window(2, 3).led(2);
    return look.notAMember(0).gone(0).notAMember(1).gone(1);
  }

  private static Look ticket(Look look) {
    List<Member> members = look.seen().etcd().linearizableMembers().value().orElseThrow();
    return look.initialCluster(Optional.of(Ticket.forMember(Look.newId(1), members)));
  }

  private static GrowthStep next(Look look) {
    LastKnown known = look.lastKnown();
    return Growth.next(
        look.seen(),
        QuorumAssessor.assess(look.seen(), known),
        known,
        Evidence.of(RecoveryRecord.empty()));
  }
}
