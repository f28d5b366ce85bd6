package dev.requorum.core.survivor;

import static dev.requorum.core.model.Look.healthy;
import static dev.requorum.core.model.Look.id;
import static dev.requorum.core.model.Look.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Survivor;
import java.util.List;
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
@DisplayName("S12, S26: the survivor where no voter answers, for it was restarted without a quorum")
class WaitingVoterTest {

  @Test
  @DisplayName("the only voter left is chosen, by what it was last seen at")
  void onlyOne() {
    Look look = healthy(3).gone(0).gone(1).restarted(2).leaderless();
    assertThat(choose(look, look.lastKnown())).contains(Survivor.lastSeenAt(id(2), name(2), 2, 40));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looks")
  @DisplayName("nobody is chosen where")
  void nobody(String story, Look look) {
    assertThat(choose(look.leaderless(), look.lastKnown())).isEmpty();
  }

  static Stream<Arguments> looks() {
    return Stream.of(
        arguments("two wait: nobody can rank them", healthy(3).gone(0).restarted(1).restarted(2)),
        arguments("another one is merely down", healthy(3).gone(0).down(1).restarted(2)),
        arguments("another one may be alive", healthy(3).gone(0).unreachable(1).restarted(2)),
        arguments("it has a new volume", healthy(3).gone(0).gone(1).restarted(2).volume(2, "new")),
        arguments(
            "it has the data of another cluster",
            healthy(3).gone(0).gone(1).restarted(2, new ClusterId(9))),
        arguments("it was alone from the beginning", healthy(1).restarted(0)),
        arguments(
            "a former member still answers, and speaks of other voters than the recorded ones",
            healthy(4).gone(0).gone(1).restarted(2).notAMember(3).answer(3, s -> s)));
  }

  @Test
  @DisplayName("a voter that answers is chosen before one that waits, which may have more")
  void whoAnswersComesFirst() {
    Look look =
        healthy(5)
            .gone(0)
            .gone(1)
            .gone(2)
            .answer(3, Answers.freshness(3, 45, 35))
            .restarted(4)
            .leaderless();
    assertThat(choose(look, look.lastKnown()).map(Survivor::ordinal)).contains(3);
  }

  @Test
  @DisplayName("a learner neither stands in the way nor is chosen")
  void learners() {
    Look look = healthy(3).member(3, true).runs(3);
    LastKnown known = look.knownNow();
    look.gone(0).gone(1).restarted(2).restarted(3).leaderless();
    assertThat(choose(look, known).map(Survivor::ordinal)).contains(2);
    look.gone(2);
    assertThat(choose(look, known)).isEmpty();
  }

  @Test
  @DisplayName("a voter that was never seen with data is not chosen")
  void neverSeen() {
    Look look = healthy(3).gone(0).gone(1).restarted(2).leaderless();
    List<KnownMember> unseen =
        look.lastKnown().members().stream()
            .map(
                m ->
                    new KnownMember(
                        m.id(),
                        m.name(),
                        m.learner(),
                        m.volumeUid(),
                        m.node(),
                        0,
                        Optional.empty()))
            .toList();
    assertThat(choose(look, look.lastKnown().withMembers(unseen))).isEmpty();
  }

  @Test
  @DisplayName("where two wait, both are named, and what a human can do")
  void twoInWords() {
    assertThat(whyNone(healthy(3).gone(0).restarted(1).restarted(2)))
        .startsWith("demo-1, demo-2 run with data")
        .contains("decide which volume to keep, by the revisions last seen");
  }

  @Test
  @DisplayName("where another one is down, it is named, and why it does not run")
  void oneDownInWords() {
    assertThat(whyNone(healthy(3).gone(0).down(1).restarted(2)))
        .startsWith("demo-2 runs with data")
        .contains("(demo-1: its pod does not run)");
    Look unseen = healthy(3).gone(0).gone(1).restarted(2);
    assertThat(SurvivorChoice.whyNone(assess(unseen.leaderless(), unseen.lastKnown())))
        .endsWith("or recover from that volume by hand");
  }

  @Test
  @DisplayName("where nobody waits, nothing is said of waiting")
  void nobodyWaits() {
    assertThat(whyNone(healthy(3).gone(0).gone(1).down(2)))
        .startsWith("no member that answers has the cluster's data");
  }

  private static String whyNone(Look look) {
    return SurvivorChoice.whyNone(assess(look.leaderless(), look.lastKnown()));
  }

  private static Optional<Survivor> choose(Look look, LastKnown known) {
    return SurvivorChoice.choose(Look.CLUSTER, assess(look, known), known, look.seen().workload());
  }

  private static Assessment assess(Look look, LastKnown known) {
    return QuorumAssessor.assess(look.seen(), known);
  }
}
