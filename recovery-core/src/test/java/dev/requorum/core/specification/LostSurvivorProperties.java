package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Interruption;
import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("A survivor that is lost before it was forced")
class LostSurvivorProperties {

  private static final int SURVIVOR = 3;
  private static final int OTHER = 4;

  @Property(tries = 100)
  @Tag("S06")
  @Tag("S22")
  @Label(
      "Where another voter has its volume, it is rebuilt from that one: by a second attempt, after the"
          + " window, and whoever is killed meanwhile, wherever")
  void anotherTakesItsPlace(
      @ForAll("beforeRewrite") Step lostAt,
      @ForAll boolean forGood,
      @ForAll @IntRange(min = 1, max = 30) int turn,
      @ForAll Interruption.Point point) {
    World world = committed(Set.of());
    reach(world, lostAt);
    strike(world, forGood);
    killed(world, turn, point);
    new Operator(world).untilSteady();

    Incident last = world.record().incident().orElseThrow();
    assertThat(last.survivor().map(Survivor::ordinal)).contains(OTHER);
    assertThat(last.dataLoss()).isPresent();
    assertThat(world.record().attempts()).isEqualTo(2);
    assertThat(world.revision()).contains(4L);
    assertThat(world.timesForced()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 60)
  @Tag("S02")
  @Tag("S06")
  @Label(
      "Where it comes back before another was chosen, it is the survivor again, for it is the freshest;"
          + " where it does not, it is waited for, passed over by name, and its volume stays until a"
          + " human acknowledges the loss")
  void freshestStays(@ForAll("beforeArm") Step lostAt, @ForAll boolean comesBack) {
    World world = committed(Set.of(OTHER));
    reach(world, lostAt);
    strike(world, false);
    String claim = world.claimUid(SURVIVOR);
    Operator operator = new Operator(world);
    operator.untilPhase(Phase.DETECTING);
    operator.steps(3);
    assertThat(incident(world).reason()).isEqualTo(Reason.FRESHER_VOLUME);
    assertThat(world.timesForced()).isZero();
    assertThat(world.record().attempts()).isEqualTo(1);
    if (!comesBack) {
      operator.untilPhase(Phase.SCALING_OUT);
      assertThat(incident(world).plan().orElseThrow().passedOver())
          .extracting(PassedOver::name)
          .contains("demo-" + SURVIVOR);
      operator.until("the kept volume", () -> incident(world).reason() == Reason.VOLUME_KEPT);
      assertThat(world.claimUid(SURVIVOR)).isEqualTo(claim);
      world.acknowledge(incident(world).id());
      operator.untilSteady();
    } else {
      world.mendProcess(SURVIVOR);
      operator.untilSteady();
      assertThat(world.record().incident().flatMap(Incident::survivor).map(Survivor::ordinal))
          .contains(SURVIVOR);
      assertThat(world.revision()).contains(4L);
    }
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 60)
  @Tag("S20")
  @Label("What it had and its successor has not is accounted for as lost")
  void accounted(@ForAll("beforeRewrite") Step lostAt) {
    World world = committed(Set.of(OTHER));
    reach(world, lostAt);
    strike(world, true);
    new Operator(world).untilSteady();

    Incident last = world.record().incident().orElseThrow();
    assertThat(last.survivor().map(Survivor::ordinal)).contains(OTHER);
    assertThat(last.dataLoss().orElseThrow().message()).contains("2 revisions are lost");
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 100)
  @Tag("S06")
  @Label(
      "Once the flag was about to be set for it, no other is chosen, whatever becomes of it and whoever"
          + " is killed")
  void armedIsFinal(
      @ForAll boolean forGood,
      @ForAll @IntRange(min = 0, max = 4) int turnsAfter,
      @ForAll @IntRange(min = 1, max = 10) int turn,
      @ForAll Interruption.Point point) {
    World world = committed(Set.of());
    Operator operator = new Operator(world);
    operator.until("the flag", () -> incident(world).armedAt().isPresent());
    operator.steps(turnsAfter);
    String id = incident(world).id();
    strike(world, forGood);
    killed(world, turn, point);
    new Operator(world).steps(60);

    assertThat(incident(world).id()).isEqualTo(id);
    assertThat(incident(world).survivor().map(Survivor::ordinal)).contains(SURVIVOR);
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.acts()).doesNotContain("Arm demo-" + OTHER);
  }

  /** After it, its pod would start an empty cluster: held for a human, and no concern of these. */
  @Provide
  Arbitrary<Step> beforeRewrite() {
    return Arbitraries.of(Step.FENCE, Step.PRESERVE);
  }

  @Provide
  Arbitrary<Step> beforeArm() {
    return Arbitraries.of(Step.FENCE, Step.PRESERVE, Step.REWRITE_STATE);
  }

  private static World committed(Set<Integer> behind) {
    World world = new Loss(5, Set.of(0, 1, 2), Set.of(), behind).strike();
    new Operator(world).until("a commit", () -> world.record().attempts() == 1);
    assertThat(incident(world).survivor().map(Survivor::ordinal)).contains(SURVIVOR);
    return world;
  }

  private static void reach(World world, Step step) {
    new Operator(world)
        .until("step " + step, () -> incident(world).step().equals(Optional.of(step)));
  }

  /** For good is with its volume; otherwise it does not start any more. */
  private static void strike(World world, boolean forGood) {
    if (forGood) {
      world.loseVolume(SURVIVOR);
    } else {
      world.breakProcess(SURVIVOR);
    }
    world.tick();
  }

  private static void killed(World world, int turn, Interruption.Point point) {
    try {
      new Operator(world, Interruption.at(turn, point)).steps(turn);
    } catch (Interruption.Death dead) {
      assertThat(List.of(Interruption.Point.values())).contains(point);
    }
  }

  private static Incident incident(World world) {
    return world.record().incident().orElseThrow();
  }
}
