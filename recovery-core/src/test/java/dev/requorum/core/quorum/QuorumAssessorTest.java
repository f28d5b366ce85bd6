package dev.requorum.core.quorum;

import static dev.requorum.core.model.Look.healthy;
import static dev.requorum.core.model.Look.id;
import static dev.requorum.core.quorum.Verdict.LOST;
import static dev.requorum.core.quorum.Verdict.QUORATE;
import static dev.requorum.core.quorum.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.Observation;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.ports.Fact;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S01")
@Tag("S05")
@Tag("S26")
@DisplayName("S01, S05, S26: the verdict on one look")
class QuorumAssessorTest {

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("looks")
  void verdict(String story, Look look, Verdict verdict) {
    assertThat(QuorumAssessor.assess(look.seen(), look.lastKnown()).verdict()).isEqualTo(verdict);
  }

  static Stream<Arguments> looks() {
    Fact<List<dev.requorum.ports.etcd.Member>> failed = Fact.unknown("timed out");
    return Stream.of(
        arguments("all three answer", healthy(3), QUORATE),
        arguments("one of three is gone, the rest follow", healthy(3).gone(2), QUORATE),
        arguments("the member list fails, all follow", healthy(3).memberList(failed), QUORATE),
        arguments(
            "the member list is empty, all follow",
            healthy(3).memberList(Fact.known(List.of())),
            QUORATE),
        arguments("all answer, nobody leads", healthy(3).leaderless(), UNDETERMINED),
        arguments("two of three gone", healthy(3).leaderless().gone(0).gone(1), LOST),
        arguments("two of three down", healthy(3).leaderless().down(0).down(1), LOST),
        arguments("one gone, one down", healthy(3).leaderless().gone(0).down(1), LOST),
        arguments(
            "one gone, one unreachable",
            healthy(3).leaderless().gone(0).unreachable(1),
            UNDETERMINED),
        arguments(
            "two of three gone, the last one still claims to lead (a stale leader)",
            healthy(3).memberList(failed).gone(1).gone(2),
            LOST),
        arguments("one of two gone", healthy(2).leaderless().gone(1), LOST),
        arguments("the only one gone", healthy(1).leaderless().gone(0), LOST),
        arguments("two of four gone", healthy(4).leaderless().gone(0).gone(1), LOST),
        arguments(
            "two of five gone, nobody leads",
            healthy(5).leaderless().gone(0).gone(1),
            UNDETERMINED),
        arguments("three of five gone", healthy(5).leaderless().gone(0).gone(1).gone(4), LOST),
        arguments("all gone", healthy(3).leaderless().gone(0).gone(1).gone(2), LOST),
        arguments(
            "a member of another cluster answers in a running pod",
            healthy(3).leaderless().gone(0).answer(1, Answers.ofCluster(new ClusterId(9))),
            UNDETERMINED),
        arguments(
            "another member answers in its pod",
            healthy(3).leaderless().gone(0).answer(1, Answers.as(new MemberId(9))),
            UNDETERMINED),
        arguments(
            "a member list of another cluster, our voters gone",
            healthy(3).gone(0).gone(1).answer(2, Answers.ofCluster(new ClusterId(9))),
            LOST),
        arguments(
            "a voter that is no pod of this cluster does not answer: Kubernetes knows nothing of"
                + " it",
            healthy(2).stranger(7, false).leaderless().gone(1),
            UNDETERMINED));
  }

  @Test
  @DisplayName("S05: a loss is certain only under the membership last confirmed as well")
  void bothAccounts() {
    Look look = healthy(5);
    LastKnown fiveVoters = look.lastKnown();
    look.notAMember(3).notAMember(4).leaderless().gone(0).gone(1);

    Assessment assessment = QuorumAssessor.assess(look.seen(), fiveVoters);

    assertThat(assessment.verdict()).isEqualTo(UNDETERMINED);
  }

  @Test
  @DisplayName(
      "S05: a member that was promoted and lost before anybody saw it is missed by the account of"
          + " the one that answers")
  void promotedAndLostUnseen() {
    Look look = healthy(2);
    LastKnown oneVoter = healthy(1).member(1, true).runs(1).knownNow();

    look.leaderless().down(1);
    assertThat(verdict(look, oneVoter)).isEqualTo(LOST);
    assertThat(verdict(look, healthy(1).knownNow())).as("never seen").isEqualTo(UNDETERMINED);

    look.answer(0, Answers.leader(Optional.of(id(1))));
    assertThat(verdict(look, oneVoter)).as("it knows a leader").isEqualTo(UNDETERMINED);

    Look cutOff = healthy(2).leaderless().down(1).unreachable(2);
    LastKnown three = healthy(3).knownNow();
    assertThat(verdict(cutOff, three)).as("one may be alive").isEqualTo(UNDETERMINED);
  }

  @Test
  @DisplayName("S05: all who answer have to say so themselves, not the freshest alone")
  void eachSaysSo() {
    LastKnown three = healthy(3).knownNow();
    List<Member> five = healthy(5).seen().etcd().linearizableMembers().value().orElseThrow();
    Observation seen = healthy(5).leaderless().gone(2).gone(3).gone(4).seen();
    Fact<List<Member>> stale = Fact.known(five);

    assertThat(verdict(telling(seen, stale), known(three, five))).isEqualTo(LOST);
    for (Fact<List<Member>> told :
        List.of(Fact.known(five.subList(0, 3)), Fact.<List<Member>>unknown("timed out"))) {
      assertThat(verdict(telling(seen, told), known(three, five))).isEqualTo(UNDETERMINED);
    }
  }

  /** The others were learners, as far as the record goes. */
  private static LastKnown known(LastKnown voters, List<Member> all) {
    List<KnownMember> members = new ArrayList<>(voters.members());
    all.stream()
        .filter(member -> voters.member(member.id()).isEmpty())
        .map(
            m ->
                new KnownMember(
                    m.id(),
                    m.name(),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Optional.empty()))
        .forEach(members::add);
    return voters.withMembers(members);
  }

  /** What demo-0 tells of the members, while demo-1 is ahead of it. */
  private static Observation telling(Observation seen, Fact<List<Member>> members) {
    Map<String, MemberAnswer> answers = new TreeMap<>(seen.etcd().answers());
    answers.computeIfPresent(
        Look.name(0), (n, was) -> new MemberAnswer(was.endpoint(), was.status(), members));
    answers.computeIfPresent(
        Look.name(1),
        (n, was) ->
            new MemberAnswer(
                was.endpoint(),
                was.status().map(Answers.freshness(9, 50, 40)),
                was.membersAsKnown()));
    return new Observation(
        seen.at(),
        seen.goal(),
        seen.workload(),
        new EtcdView(answers, seen.etcd().linearizableMembers()),
        seen.preservedCopy(),
        seen.restore());
  }

  private static Verdict verdict(Observation seen, LastKnown known) {
    return QuorumAssessor.assess(seen, known).verdict();
  }

  @Test
  @DisplayName("with no membership known at all nothing is certain")
  void nothingKnown() {
    Look look = healthy(3).leaderless().gone(0).gone(1).gone(2);
    Assessment assessment = QuorumAssessor.assess(look.seen(), LastKnown.nothing());
    assertThat(assessment.verdict()).isEqualTo(UNDETERMINED);
    assertThat(assessment.voters()).isEmpty();
    assertThat(assessment.why()).contains("no membership is known");
  }

  @Test
  @DisplayName("the leader is the one that a majority follows; without one there is none")
  void leader() {
    Look look = healthy(3).led(1);
    assertThat(QuorumAssessor.assess(look.seen(), look.lastKnown()).leader())
        .isEqualTo(Optional.of(id(1)));
    look.leaderless();
    assertThat(QuorumAssessor.assess(look.seen(), look.lastKnown()).leader()).isEmpty();
  }

  @Test
  @DisplayName("a voter that serves its peers alone awaits a leader only where nobody knows one")
  void peersAloneBesidesALeader() {
    Look look = healthy(3).restarted(0).restarted(1);
    look.memberList(Fact.unknown("timed out")).answer(2, Answers.leader(Optional.of(id(0))));
    assertThat(assess(look).voter(id(1)).orElseThrow().awaitsLeader()).isFalse();
    look.leaderless();
    assertThat(assess(look).voter(id(1)).orElseThrow().awaitsLeader()).isTrue();
  }

  @Test
  @DisplayName("S05: a voter that awaits a leader votes: the loss is that of the others, or none")
  void awaitsLeaderAndVotes() {
    assertThat(verdict(healthy(3).leaderless().restarted(0).restarted(1))).isEqualTo(UNDETERMINED);
    assertThat(verdict(healthy(3).leaderless().gone(0).restarted(1))).isEqualTo(UNDETERMINED);
    assertThat(verdict(healthy(2).leaderless().restarted(0))).isEqualTo(UNDETERMINED);
    assertThat(verdict(healthy(3).leaderless().gone(0).gone(1).restarted(2))).isEqualTo(LOST);
    Assessment alone = assess(healthy(1).leaderless().restarted(0));
    assertThat(alone.verdict()).as("it would lead itself").isEqualTo(LOST);
    assertThat(alone.why()).startsWith("1 of 1 voters");
  }

  private static Verdict verdict(Look look) {
    return verdict(look, look.lastKnown());
  }

  private static Verdict verdict(Look look, LastKnown known) {
    return QuorumAssessor.assess(look.seen(), known).verdict();
  }

  private static Assessment assess(Look look) {
    return QuorumAssessor.assess(look.seen(), look.lastKnown());
  }
}
