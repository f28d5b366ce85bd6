package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

@Label("The grace window")
class GraceWindowProperties {

  private static final RecoveryPolicy POLICY = Operator.POLICY;

  @Property(tries = 200)
  @Tag("S01")
  @Label("Nothing is changed and no attempt is counted before the loss was observed for the window")
  void nothingBeforeTheWindowIsOver(
      @ForAll @IntRange(min = 0, max = 5) int loss,
      @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 1500) Integer> millisBetweenLooks) {
    World world = Losses.ofTwoOutOfThree().get(loss).strike();
    Operator operator = new Operator(world);
    int actsBefore = world.acts().size();
    Duration window = loss % 2 == 0 ? POLICY.gracePeriod() : POLICY.downGracePeriod();
    Duration watched = Duration.ZERO;
    operator.turn();
    for (int millis : millisBetweenLooks) {
      world.advance(Duration.ofMillis(millis));
      world.tick();
      operator.turn();
      watched = watched.plusMillis(millis);
      boolean over = watched.compareTo(window) >= 0;
      assertThat(world.record().attempts()).isEqualTo(over ? 1 : 0);
      if (over) {
        return;
      }
      assertThat(world.acts()).hasSize(actsBefore);
      assertThat(phase(world)).contains(Phase.DETECTING);
    }
  }

  @Property(tries = 200)
  @Tag("S01")
  @Label(
      "Neither a clock that jumps back and forth nor an operator that was away for hours ends the"
          + " window: each look is credited with a few seconds at most, and never with less than none")
  void jumpsAreNotCredited(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = -20_000, max = 20_000) Integer> jumps) {
    World world = Losses.ofTwoOutOfThree().get(0).strike();
    RecoveryPolicy patient = POLICY.withWindows(Duration.ofSeconds(60), Duration.ofSeconds(60));
    Operator operator =
        new Operator(world, patient, new RecoveryEngine(world.ports(), TurnListener.none()));
    operator.turn();
    Duration credited = Duration.ZERO;
    for (int seconds : jumps) {
      world.advance(Duration.ofSeconds(seconds));
      operator.turn();
      if (world.record().attempts() > 0) {
        break;
      }
      Duration before = credited;
      credited = evidence(world).observedLost();
      assertThat(credited.minus(before)).isBetween(Duration.ZERO, patient.longestCredit());
    }
    long looksNeeded = 60 / patient.longestCredit().toSeconds();
    assertThat(world.record().attempts() == 0 || jumps.size() >= looksNeeded).isTrue();
  }

  @Property(tries = 100)
  @Tag("S02")
  @Label(
      "A loss that heals inside the window is forgotten; losing again starts the window from zero")
  void healingStartsFromZero(
      @ForAll @IntRange(min = 1, max = 8) int secondsLost,
      @ForAll @IntRange(min = 1, max = 3) int times) {
    World world = World.of(3);
    Operator operator = new Operator(world);
    operator.untilSteady();
    int actsBefore = world.acts().size();
    for (int i = 0; i < times; i++) {
      world.breakProcess(1);
      world.breakProcess(2);
      world.tick();
      operator.steps(secondsLost + 1);
      assertThat(evidence(world).observedLost()).isEqualTo(Duration.ofSeconds(secondsLost));
      world.mendProcess(1);
      for (int round = 0; round < 6; round++) {
        world.tick();
      }
      operator.steps(2);
      assertThat(world.record().incident()).isEmpty();
      world.mendProcess(2);
      for (int round = 0; round < 6; round++) {
        world.tick();
      }
      operator.steps(2);
    }
    assertThat(world.record().attempts()).isZero();
    assertThat(world.acts()).hasSize(actsBefore);
  }

  @Property(tries = 50)
  @Tag("S02")
  @Label(
      "A quorum that came and went while nobody looked, or while the verdict was open, restarts the"
          + " window: a raft index that rose gives it away")
  void unseenQuorumRestartsTheWindow(
      @ForAll @IntRange(min = 1, max = 8) int secondsBefore, @ForAll boolean seenUndetermined) {
    World world = World.of(3);
    Operator operator = new Operator(world);
    operator.untilSteady();
    world.breakProcess(1);
    world.breakProcess(2);
    world.tick();
    operator.steps(secondsBefore + 1);

    world.mendProcess(1);
    for (int round = 0; round < 6; round++) {
      world.tick();
    }
    assertThat(world.write()).isTrue();
    if (seenUndetermined) {
      world.mute(1);
      world.memberListFails(true);
      operator.steps(1);
      world.memberListFails(false);
      world.unmute(1);
    }
    world.breakProcess(1);
    world.tick();
    operator.turn();

    assertThat(evidence(world).observedLost()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(world.record().attempts()).isZero();
  }

  @Property(tries = 100)
  @Tag("S02")
  @Label(
      "One member that fails, in whatever way and for however long, never triggers (3 to 9 members)")
  void oneMemberNeverTriggers(
      @ForAll @IntRange(min = 3, max = 9) int size,
      @ForAll @IntRange(min = 0, max = 8) int which,
      @ForAll @IntRange(min = 0, max = 2) int way,
      @ForAll @IntRange(min = 1, max = 60) int seconds) {
    World world = World.of(size);
    Operator operator = new Operator(world);
    operator.untilSteady();
    int victim = which % size;
    switch (way) {
      case 0 -> world.breakProcess(victim);
      case 1 -> world.loseVolume(victim);
      default -> world.cutOff(victim, 1);
    }
    world.tick();
    operator.steps(seconds);
    assertThat(world.record().attempts()).isZero();
    assertThat(world.record().incident()).isEmpty();
    assertThat(world.acts()).noneMatch(act -> act.startsWith("Arm"));
    assertThat(world.wrongs()).isEmpty();
  }

  private static Optional<Phase> phase(World world) {
    return world.record().incident().map(Incident::phase);
  }

  private static LossEvidence evidence(World world) {
    return world.record().incident().orElseThrow().evidence();
  }
}
