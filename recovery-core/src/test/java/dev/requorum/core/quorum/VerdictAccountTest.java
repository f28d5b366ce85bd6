package dev.requorum.core.quorum;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.ports.Fact;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.LastKnown;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S05")
@DisplayName("S05: whose account a verdict rests upon, and why it is what it is, in words")
class VerdictAccountTest {

  private static final Fact<List<Member>> FAILED = Fact.unknown("timed out");

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("looks")
  void why(String story, Look look, String why) {
    assertThat(assess(look).why()).contains(why);
  }

  static Stream<Arguments> looks() {
    return Stream.of(
        arguments("a member list", healthy(3), "a quorum confirmed the member list"),
        arguments("no member list", healthy(3).memberList(FAILED), "follows leader " + Look.id(0)),
        arguments(
            "two of three lost",
            healthy(3).leaderless().gone(0).down(1),
            "2 of 3 voters are gone or down"),
        arguments(
            "one that may be alive, after one that is not",
            healthy(3).leaderless().gone(0).unreachable(1),
            "demo-1: its node node-1 does not report"),
        arguments(
            "one that was restarted, and could vote",
            healthy(3).leaderless().gone(0).restarted(1),
            "demo-1: its etcd runs but serves no clients, as it does until it has seen a leader. With"
                + " the others that run it could elect one"),
        arguments(
            "an election",
            healthy(3).leaderless(),
            "agree on no leader, and the member list: no leader"),
        arguments(
            "an election, with an empty member list",
            healthy(3).leaderless().memberList(Fact.known(List.of())),
            "agree on no leader, and the member list: it is empty"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("majorities")
  void majority(String story, Look look, Verdict verdict) {
    assertThat(assess(look).verdict()).isEqualTo(verdict);
  }

  static Stream<Arguments> majorities() {
    Look two = healthy(3).memberList(FAILED).gone(2);
    return Stream.of(
        arguments("two of three follow the leader, just enough", two, Verdict.QUORATE),
        arguments(
            "one of the two is in another term",
            healthy(3).memberList(FAILED).gone(2).answer(1, Answers.freshness(2, 50, 40)),
            Verdict.UNDETERMINED),
        arguments(
            "one of the two follows nobody",
            healthy(3)
                .memberList(FAILED)
                .gone(2)
                .answer(1, Answers.leader(java.util.Optional.empty())),
            Verdict.UNDETERMINED),
        arguments(
            "somebody else answers in the pod of one that is down",
            healthy(3)
                .leaderless()
                .gone(0)
                .pod(1, false, false)
                .answer(1, Answers.as(new MemberId(9))),
            Verdict.LOST),
        arguments("the one that answers knows of no members", amnesiac(), Verdict.LOST));
  }

  @Test
  @DisplayName("who answers in a member's place is said")
  void stranger() {
    Look look = healthy(3).leaderless().gone(0).answer(1, Answers.as(new MemberId(9)));
    assertThat(assess(look).voter(Look.id(1)).orElseThrow().detail())
        .contains("(member 9 of cluster " + Look.OURS + " answers there)");
  }

  @Test
  @DisplayName("learners are no voters, by either account")
  void learners() {
    Look look = healthy(2).member(2, true).runs(2).member(3, true).runs(3);
    LastKnown known = look.knownNow();
    look.leaderless().gone(0);
    Assessment assessment = QuorumAssessor.assess(look.seen(), known);
    assertThat(assessment.verdict()).isEqualTo(Verdict.LOST);
    assertThat(assessment.voters()).hasSize(2);
  }

  @Test
  @DisplayName("what a member of another cluster knows of members is no account of ours")
  void foreignAccount() {
    Look look = healthy(3).leaderless();
    look.notAMember(0).gone(0).notAMember(1).gone(1);
    look.answer(2, Answers.ofCluster(new ClusterId(9)));
    assertThat(assess(look).voters()).hasSize(3);
  }

  @Test
  @DisplayName("whoever answers but tells of no members is passed over for one that does")
  void tellsNothing() {
    Look look = healthy(2).member(2, true).runs(2).leaderless();
    look.answer(2, Answers.freshness(9, 90, 90));
    assertThat(QuorumAssessor.assess(look.seen(), LastKnown.nothing()).voters()).hasSize(2);
  }

  private static Look amnesiac() {
    Look look = healthy(3).leaderless().gone(0).gone(1);
    return look.notAMember(0).notAMember(1).notAMember(2).answer(2, status -> status);
  }

  private static Assessment assess(Look look) {
    return QuorumAssessor.assess(look.seen(), look.lastKnown());
  }
}
