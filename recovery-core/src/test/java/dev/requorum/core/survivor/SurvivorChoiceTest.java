package dev.requorum.core.survivor;

import static dev.requorum.core.model.Answers.complaining;
import static dev.requorum.core.model.Answers.freshness;
import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Health;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.VolumeView;
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
@DisplayName("S12, S26: the survivor among voters 0 and 3 of five, the others gone")
class SurvivorChoiceTest {

  @ParameterizedTest(name = "{0}: ordinal {2}")
  @MethodSource("looks")
  void choice(String story, Look look, Optional<Integer> ordinal) {
    look.leaderless().gone(1).gone(2).gone(4);
    Optional<Survivor> survivor =
        SurvivorChoice.choose(
            Look.CLUSTER,
            QuorumAssessor.assess(look.seen(), look.lastKnown()),
            look.lastKnown(),
            look.seen().workload());
    assertThat(survivor.map(Survivor::ordinal)).isEqualTo(ordinal);
  }

  static Stream<Arguments> looks() {
    return Stream.of(
        arguments("equals: the lowest ordinal", healthy(5), Optional.of(0)),
        arguments("a newer revision", healthy(5).answer(3, freshness(3, 50, 41)), Optional.of(3)),
        arguments(
            "a higher raft index before a newer revision",
            healthy(5).answer(3, freshness(3, 51, 39)),
            Optional.of(3)),
        arguments(
            "a higher raft term before a higher index",
            healthy(5).answer(3, freshness(4, 49, 39)),
            Optional.of(3)),
        arguments(
            "the fresher one is corrupt",
            healthy(5).answer(3, freshness(3, 60, 60)).answer(3, complaining("alarm:CORRUPT")),
            Optional.of(0)),
        arguments(
            "the fresher one has a new volume",
            healthy(5).answer(3, freshness(3, 60, 60)).volume(3, "new"),
            Optional.of(0)),
        arguments(
            "the fresher one is of another cluster",
            healthy(5)
                .answer(3, freshness(3, 60, 60))
                .answer(3, Answers.ofCluster(new ClusterId(9))),
            Optional.of(0)),
        arguments("one is empty", healthy(5).answer(0, freshness(9, 0, 0)), Optional.of(3)),
        arguments(
            "an alarm for want of space does not disqualify",
            healthy(5).answer(0, complaining("alarm:NOSPACE")),
            Optional.of(0)),
        arguments("neither answers", healthy(5).down(0).down(3), Optional.empty()),
        arguments(
            "both are empty",
            healthy(5).answer(0, freshness(9, 0, 0)).answer(3, freshness(3, 5, 0)),
            Optional.empty()));
  }

  @Test
  @DisplayName(
      "equals: the lowest ordinal, whatever the member ids are; who runs elsewhere is none")
  void byOrdinal() {
    Look look =
        healthy(5)
            .leaderless()
            .volume(9, "any")
            .volume(9, v -> new VolumeView(v.claim(), "elsewhere", v.uid(), true, false));
    List<Voter> voters =
        List.of(
            up(Look.id(3), Look.name(3), look),
            up(Look.newId(0), Look.name(0), look),
            up(Look.newId(9), "elsewhere", look));
    Assessment loss =
        new Assessment(Verdict.LOST, voters, Optional.empty(), Optional.empty(), "lost");
    Optional<Survivor> survivor =
        SurvivorChoice.choose(Look.CLUSTER, loss, LastKnown.nothing(), look.seen().workload());
    assertThat(survivor.map(Survivor::id)).contains(Look.newId(0));
  }

  private static Voter up(MemberId id, String name, Look look) {
    return new Voter(
        id, name, Health.UP, look.seen().etcd().status(Look.name(3)), Optional.empty(), "answers");
  }
}
