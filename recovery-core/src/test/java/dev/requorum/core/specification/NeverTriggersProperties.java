package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Decision;
import dev.requorum.core.engine.Turn;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.Reason;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("What never triggers a recovery")
class NeverTriggersProperties {

  @Property(tries = 20)
  @Tag("S03")
  @Label("A cluster of one member, whatever becomes of it: there is no survivor to recover from")
  void singleMember(@ForAll boolean volumeGone, @ForAll @IntRange(min = 20, max = 80) int seconds) {
    World world = World.of(1);
    Operator operator = new Operator(world);
    operator.untilSteady();
    int actsBefore = world.acts().size();
    if (volumeGone) {
      world.loseVolume(0);
    } else {
      world.breakProcess(0);
    }
    world.tick();
    operator.steps(seconds);
    Decision decision = operator.step().decision();

    assertThat(decision.reason()).isEqualTo(Reason.SINGLE_MEMBER);
    assertThat(decision.blocked()).isTrue();
    assertThat(world.record().incident()).isEmpty();
    assertThat(world.record().attempts()).isZero();
    assertThat(world.acts()).hasSize(actsBefore);
  }

  @Property(tries = 40)
  @Tag("S03")
  @Label("A cluster that never had all its members healthy, whatever it loses (2 to 9 members)")
  void neverBootstrapped(
      @ForAll @IntRange(min = 2, max = 9) int size,
      @ForAll @IntRange(min = 20, max = 60) int seconds) {
    World world = World.of(size);
    world.breakProcess(0);
    world.tick();
    Operator operator = new Operator(world);
    operator.steps(5);
    for (int lost = 1; lost < size; lost++) {
      world.breakProcess(lost);
    }
    world.tick();
    operator.steps(seconds);
    Turn turn = operator.step();

    assertThat(turn.decision().reason()).isEqualTo(Reason.NEVER_BOOTSTRAPPED);
    assertThat(world.record().incident()).isEmpty();
    assertThat(world.record().attempts()).isZero();
    assertThat(world.acts()).isEmpty();
  }
}
