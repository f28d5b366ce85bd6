package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.core.survivor.SurvivorChoice;
import dev.requorum.ports.record.Survivor;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("Learners")
class LearnerProperties {

  @Property
  @Tag("S04")
  @Label("Healthy learners change no verdict: neither one voter more nor one voter less is counted")
  void learnersAreNotCounted(
      @ForAll @IntRange(min = 1, max = 7) int voters,
      @ForAll @IntRange(min = 0, max = 7) int missing,
      @ForAll @IntRange(min = 1, max = 5) int learners) {
    Look without = Look.healthy(voters);
    Look with = Look.healthy(voters);
    for (int i = 0; i < learners; i++) {
      with.member(voters + i, true).runs(voters + i);
    }
    for (Look look : new Look[] {without, with}) {
      look.leaderless();
      for (int i = 0; i < Math.min(voters, missing); i++) {
        look.gone(i);
      }
    }

    Assessment plain = QuorumAssessor.assess(without.seen(), without.knownNow());
    Assessment crowded = QuorumAssessor.assess(with.seen(), with.knownNow());

    assertThat(crowded.verdict()).isEqualTo(plain.verdict());
    assertThat(crowded.voters()).isEqualTo(plain.voters());
  }

  @Example
  @Tag("S04")
  @Label(
      "One surviving voter and a healthy learner out of three is a loss, recovered from the voter")
  void oneVoterAndOneLearner() {
    World world = World.of(2);
    Operator operator = new Operator(world);
    operator.untilSteady();
    world.askForSize(3);
    world.lagBehind(2);
    operator.steps(20);
    assertThat(world.acts()).contains("AddLearner demo-2").doesNotContain("Promote");

    world.loseVolume(0);
    world.tick();
    operator.until("a recovery", () -> world.record().attempts() == 1);
    world.catchUp(2);
    operator.untilSteady();

    assertThat(world.record().incident().orElseThrow().survivor().map(Survivor::name))
        .contains("demo-1");
    assertThat(world.wrongs()).isEmpty();
  }

  @Property
  @Tag("S04")
  @Label("A learner is never the survivor, however fresh its data is")
  void neverTheSurvivor(@ForAll @IntRange(min = 0, max = 9) int ahead) {
    Look look = Look.healthy(2).member(2, true).runs(2);
    look.leaderless().gone(0).answer(2, Answers.freshness(3 + ahead, 50 + ahead, 40 + ahead));

    Assessment loss = QuorumAssessor.assess(look.seen(), look.knownNow());
    Optional<Survivor> survivor =
        SurvivorChoice.choose(Look.CLUSTER, loss, look.knownNow(), look.seen().workload());

    assertThat(loss.verdict()).isEqualTo(Verdict.LOST);
    assertThat(survivor.map(Survivor::name)).contains("demo-1");
  }
}
