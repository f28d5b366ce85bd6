package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Interruption;
import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("Turns that are repeated, or reordered between two operators")
class ConcurrencyProperties {

  @Property(tries = 400)
  @Tag("S06")
  @Tag("S22")
  @Label(
      "An operator that stands still in the middle of a turn, while another goes on for a while, and"
          + " then acts upon what it saw long ago, does no harm: one attempt, one survivor, no fork")
  void staleActs(
      @ForAll("losses") Loss loss,
      @ForAll @IntRange(min = 1, max = 45) int turn,
      @ForAll Interruption.Point point,
      @ForAll @IntRange(min = 1, max = 60) int turnsOfTheOther) {
    World world = loss.strike();
    Operator other = new Operator(world);
    Operator stale =
        new Operator(world, Interruption.pause(turn, point, () -> other.steps(turnsOfTheOther)));
    stale.steps(turn);
    other.untilSteady();

    assertThat(world.wrongs()).isEmpty();
    assertThat(world.record().attempts()).isEqualTo(1);
  }

  @Property(tries = 150)
  @Tag("S06")
  @Tag("S22")
  @Label("Two operators that take turns, each as often as it likes, count one attempt and end well")
  void takingTurns(
      @ForAll("losses") Loss loss,
      @ForAll @IntRange(min = 1, max = 4) int turnsOfOne,
      @ForAll @IntRange(min = 1, max = 4) int turnsOfTheOther) {
    World world = loss.strike();
    Operator one = new Operator(world);
    Operator other = new Operator(world);
    for (int round = 0; round < 20; round++) {
      one.steps(turnsOfOne);
      other.steps(turnsOfTheOther);
    }
    one.untilSteady();

    assertThat(world.wrongs()).isEmpty();
    assertThat(world.record().attempts()).isEqualTo(1);
  }

  @Property(tries = 100)
  @Tag("S06")
  @Label(
      "A turn taken again and again while the world and the clock stand still changes nothing more")
  void repeatedTurns(
      @ForAll("losses") Loss loss,
      @ForAll @IntRange(min = 1, max = 45) int turns,
      @ForAll @IntRange(min = 2, max = 20) int repetitions) {
    World world = loss.strike();
    Operator operator = new Operator(world);
    operator.steps(turns);
    for (int i = 0; i < repetitions; i++) {
      operator.turn();
    }
    operator.untilSteady();

    assertThat(world.wrongs()).isEmpty();
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.revision()).contains(4L);
  }

  @Provide
  Arbitrary<Loss> losses() {
    return Arbitraries.of(Losses.ofTwoOutOfThree());
  }
}
