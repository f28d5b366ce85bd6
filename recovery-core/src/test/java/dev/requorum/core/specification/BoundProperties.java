package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.core.recovery.AttemptLimits;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("Bounded")
class BoundProperties {

  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Duration COOL_DOWN = Duration.ofMinutes(1);

  @Property(tries = 20)
  @Tag("S22")
  @Label(
      "At most maxAttempts rebuilds are begun within the attempt window, however often the quorum is"
          + " lost and whatever is acknowledged; then it waits, until the first of them no longer"
          + " counts")
  void attempts(
      @ForAll @IntRange(min = 1, max = AttemptLimits.MOST) int maxAttempts,
      @ForAll("losses") Loss loss,
      @ForAll Strategy strategy,
      @ForAll boolean acknowledged) {
    World world = World.of(3).by(strategy);
    Operator operator = bounded(world, new AttemptLimits(maxAttempts, WINDOW, COOL_DOWN));
    for (int i = 0; i < maxAttempts; i++) {
      strikeAndRecover(world, operator, loss);
      if (acknowledged) {
        world.acknowledge(world.record().incident().orElseThrow().id());
      }
    }
    operator.untilSteady();
    loss.hit(world);
    operator.until("the bound", () -> reason(world) == Reason.ATTEMPTS_EXHAUSTED);
    int acts = world.acts().size();
    operator.steps(30);

    assertThat(world.acts()).hasSize(acts);
    assertThat(world.record().attempts()).isEqualTo(maxAttempts);
    world.advance(WINDOW);
    operator.step();
    operator.untilSteady();
    assertThat(world.record().attempts()).isEqualTo(maxAttempts + 1);
    List<Instant> begun = begun(world);
    for (int i = maxAttempts; i < begun.size(); i++) {
      assertThat(Duration.between(begun.get(i - maxAttempts), begun.get(i)))
          .isGreaterThanOrEqualTo(WINDOW);
    }
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 20)
  @Tag("S22")
  @Label("No rebuild is begun before the cool-down of the one before is over")
  void coolDown(@ForAll("losses") Loss loss, @ForAll @IntRange(min = 20, max = 90) int seconds) {
    World world = World.of(3);
    Duration coolDown = Duration.ofSeconds(seconds);
    Operator operator = bounded(world, new AttemptLimits(10, WINDOW, coolDown));
    for (int i = 0; i < 3; i++) {
      strikeAndRecover(world, operator, loss);
    }
    List<Instant> begun = begun(world);
    assertThat(begun).hasSize(3);
    for (int i = 1; i < begun.size(); i++) {
      assertThat(Duration.between(begun.get(i - 1), begun.get(i))).isGreaterThanOrEqualTo(coolDown);
    }
  }

  @Provide
  Arbitrary<Loss> losses() {
    return Arbitraries.of(Losses.ofTwoOutOfThree());
  }

  private static void strikeAndRecover(World world, Operator operator, Loss loss) {
    operator.untilSteady();
    loss.hit(world);
    operator.step();
    operator.untilSteady();
  }

  private static Operator bounded(World world, AttemptLimits limits) {
    RecoveryPolicy policy = Operator.POLICY.withLimits(limits, Operator.POLICY.revisionBump());
    return new Operator(world, policy, new RecoveryEngine(world.ports(), TurnListener.none()));
  }

  private static Reason reason(World world) {
    return world.record().incident().map(Incident::reason).orElse(Reason.NO_RECOVERY);
  }

  /** When rebuilds were begun, over all that was ever recorded. */
  private static List<Instant> begun(World world) {
    return List.copyOf(
        new TreeSet<>(
            world.recordsStored().stream()
                .flatMap(record -> record.incident().stream())
                .map(Incident::startedAt)
                .flatMap(Optional::stream)
                .toList()));
  }
}
