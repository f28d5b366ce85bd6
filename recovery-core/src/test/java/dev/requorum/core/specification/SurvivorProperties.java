package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.core.survivor.SurvivorChoice;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;

@Label("The survivor")
class SurvivorProperties {

  private static final int SIZE = 7;
  private static final int SURVIVORS = 3;

  /** What may disqualify a voter that answers. */
  private enum Flaw {
    NONE,
    NONE_EITHER,
    OTHER_CLUSTER,
    EMPTY,
    REPLACED_VOLUME,
    CORRUPT
  }

  private record Candidate(long term, long index, long revision, Flaw flaw) {

    private boolean qualifies() {
      return flaw == Flaw.NONE || flaw == Flaw.NONE_EITHER;
    }

    private boolean fresherThan(Candidate other) {
      if (term != other.term) {
        return term > other.term;
      }
      return index != other.index ? index > other.index : revision > other.revision;
    }
  }

  @Property
  @Tag("S12")
  @Label(
      "The survivor is the freshest voter by raft term, raft index and revision, the lowest ordinal"
          + " among equals, and never one of another cluster, empty, corrupt, or with a new volume")
  void freshestQualifiedVoter(@ForAll("candidates") List<Candidate> candidates) {
    Look look = Look.healthy(SIZE).leaderless();
    for (int ordinal = SURVIVORS; ordinal < SIZE; ordinal++) {
      look.gone(ordinal);
    }
    for (int ordinal = 0; ordinal < SURVIVORS; ordinal++) {
      show(look, ordinal, candidates.get(ordinal));
    }

    Optional<Survivor> chosen =
        SurvivorChoice.choose(
            Look.CLUSTER,
            QuorumAssessor.assess(look.seen(), look.lastKnown()),
            look.lastKnown(),
            look.seen().workload());

    assertThat(chosen.map(Survivor::ordinal)).isEqualTo(best(candidates));
  }

  @Property(tries = 150)
  @Domain(Losses.class)
  @Domain(net.jqwik.api.domains.DomainContext.Global.class)
  @Tag("S12")
  @Tag("S24")
  @Label(
      "Whichever voters survive, the cluster comes back whole from the freshest of them, with all its"
          + " data, on the claim it had (2 to 9 members, volumes lost or processes dead)")
  void anySurvivor(@ForAll Loss loss) {
    World world = loss.strike();
    List<String> claims = java.util.stream.IntStream.range(0, 9).mapToObj(world::claimUid).toList();
    Operator operator = new Operator(world);
    operator.step();
    operator.untilSteady();

    Survivor survivor = world.record().incident().orElseThrow().survivor().orElseThrow();
    assertThat(loss.survivors()).contains(survivor.ordinal());
    assertThat(loss.behind()).doesNotContain(survivor.ordinal());
    assertThat(world.claimUid(survivor.ordinal())).isEqualTo(claims.get(survivor.ordinal()));
    assertThat(world.revision()).contains(4L);
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Provide
  Arbitrary<List<Candidate>> candidates() {
    Arbitrary<Long> few = Arbitraries.longs().between(1, 3);
    return Combinators.combine(few, few, few, Arbitraries.of(Flaw.class))
        .as(Candidate::new)
        .list()
        .ofSize(SURVIVORS);
  }

  private static void show(Look look, int ordinal, Candidate candidate) {
    look.answer(ordinal, Answers.freshness(candidate.term, candidate.index, candidate.revision));
    switch (candidate.flaw) {
      case NONE, NONE_EITHER -> {}
      case OTHER_CLUSTER -> look.answer(ordinal, Answers.ofCluster(new ClusterId(0xbad)));
      case EMPTY -> look.answer(ordinal, Answers.freshness(candidate.term, 0, 0));
      case REPLACED_VOLUME -> look.volume(ordinal, "another-claim");
      case CORRUPT -> look.answer(ordinal, Answers.complaining("alarm:CORRUPT"));
    }
  }

  private static Optional<Integer> best(List<Candidate> candidates) {
    Optional<Integer> best = Optional.empty();
    for (int ordinal = 0; ordinal < candidates.size(); ordinal++) {
      Candidate candidate = candidates.get(ordinal);
      boolean better = best.isEmpty() || candidate.fresherThan(candidates.get(best.orElseThrow()));
      if (candidate.qualifies() && better) {
        best = Optional.of(ordinal);
      }
    }
    return best;
  }
}
