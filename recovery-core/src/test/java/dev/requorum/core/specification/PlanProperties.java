package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.Reason;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Strategy;
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

@Label("Decided by a plan")
class PlanProperties {

  @Property(tries = 40)
  @Tag("S22")
  @Label("Where a human has to approve, a plan is carried out only by the hash of its evidence")
  void approved(@ForAll("losses") Loss loss, @ForAll Strategy strategy) {
    World world = loss.strike().by(strategy);
    world.askFor(RecoveryWish.Mode.APPROVE);
    world.approve("0123456789abcdef");
    Operator operator = new Operator(world);
    operator.until("a plan", () -> reason(world) == Reason.AWAITING_APPROVAL);
    int acts = world.acts().size();
    operator.steps(30);
    assertThat(world.acts()).hasSize(acts);
    assertThat(world.record().attempts()).isZero();

    String hash = plan(world).orElseThrow().hash();
    world.approve(hash);
    operator.step();
    operator.untilSteady();

    assertThat(plan(world).orElseThrow().hash()).isEqualTo(hash);
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 40)
  @Tag("S22")
  @Label("An approval is void once the evidence has changed; the plan that is recorded is another")
  void voided(@ForAll @IntRange(max = 2) int survivor, @ForAll boolean goneBefore) {
    Set<Integer> missing = Set.of((survivor + 1) % 3, (survivor + 2) % 3);
    int changing = missing.iterator().next();
    World world = new Loss(3, Set.of(), missing, Set.of()).strike();
    world.askFor(RecoveryWish.Mode.APPROVE);
    Operator operator = new Operator(world);
    operator.until("a plan", () -> reason(world) == Reason.AWAITING_APPROVAL);
    String first = plan(world).orElseThrow().hash();
    if (goneBefore) {
      world.loseVolume(changing);
      world.approve(first);
    } else {
      world.approve(first);
      world.loseVolume(changing);
    }
    operator.steps(30);

    assertThat(world.record().attempts()).isZero();
    assertThat(reason(world)).isEqualTo(Reason.AWAITING_APPROVAL);
    assertThat(plan(world).orElseThrow().hash()).isNotEqualTo(first);
    assertThat(incident(world).message()).contains("is void", first);

    world.approve(plan(world).orElseThrow().hash());
    operator.step();
    operator.untilPhase(Phase.SCALING_OUT);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 30)
  @Tag("S22")
  @Label("Where recovery is off, a loss is reported, with what would be done, and nothing is")
  void never(@ForAll("losses") Loss loss, @ForAll Strategy strategy) {
    World world = loss.strike().by(strategy);
    world.askFor(RecoveryWish.Mode.NEVER);
    Operator operator = new Operator(world);
    int acts = world.acts().size();
    operator.until("the report", () -> reason(world) == Reason.RECOVERY_OFF);
    operator.steps(30);
    assertThat(world.acts()).hasSize(acts);
    assertThat(world.record().attempts()).isZero();
    assertThat(plan(world).orElseThrow().strategy()).isEqualTo(strategy);

    world.askFor(RecoveryWish.Mode.AUTOMATIC);
    operator.untilSteady();
    assertThat(world.record().attempts()).isEqualTo(1);
  }

  @Property(tries = 60)
  @Tag("S06")
  @Label("A rebuild that was begun is carried on whatever the mode becomes")
  void carriedOn(
      @ForAll("losses") Loss loss,
      @ForAll Strategy strategy,
      @ForAll @IntRange(max = 15) int turns,
      @ForAll("refusals") RecoveryWish.Mode mode) {
    World world = loss.strike().by(strategy);
    Operator operator = new Operator(world);
    operator.untilPhase(Phase.REBUILDING);
    operator.steps(turns);
    world.askFor(mode);
    operator.untilSteady();
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Provide
  Arbitrary<Loss> losses() {
    return Arbitraries.of(Losses.ofTwoOutOfThree());
  }

  @Provide
  Arbitrary<RecoveryWish.Mode> refusals() {
    return Arbitraries.of(RecoveryWish.Mode.APPROVE, RecoveryWish.Mode.NEVER);
  }

  private static Incident incident(World world) {
    return world.record().incident().orElseThrow();
  }

  private static Reason reason(World world) {
    return world.record().incident().map(Incident::reason).orElse(Reason.NO_RECOVERY);
  }

  private static Optional<RecoveryPlan> plan(World world) {
    return world.record().incident().flatMap(Incident::plan);
  }
}
