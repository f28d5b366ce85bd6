package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.core.model.FlakyPorts;
import dev.requorum.core.model.Interruption;
import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Strategy;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

@Label("Killed at any instant, gone on with by a successor")
class CrashProperties {

  private static final int MORE_TURNS_THAN_A_RECOVERY_TAKES = 120;

  /** What a recovery comes to, without the times. */
  private record Outcome(
      int attempts,
      String survivor,
      long retainedRevision,
      String lossMessage,
      long revision,
      List<Reason> announced) {

    static Outcome of(World world) {
      var incident = world.record().incident().orElseThrow();
      var loss = incident.dataLoss().orElseThrow();
      return new Outcome(
          world.record().attempts(),
          incident.survivor().orElseThrow().name(),
          loss.retainedRevision(),
          loss.message(),
          world.revision().orElseThrow(),
          world.announcements().stream().map(a -> a.reason()).sorted().toList());
    }
  }

  @Property
  @Tag("S06")
  @Tag("S22")
  @Label(
      "Every prefix of a recovery, cut off after a decision, after its record or after its act, and"
          + " gone on with by a successor, ends as the undisturbed recovery does")
  void everyPrefix(
      @ForAll("losses") Loss loss, @ForAll Strategy strategy, @ForAll Interruption.Point point) {
    World undisturbed = loss.strike().by(strategy);
    Operator steady = new Operator(undisturbed);
    steady.step();
    steady.untilSteady();
    Outcome expected = Outcome.of(undisturbed);

    int turn = 1;
    while (diesAndIsSucceeded(loss.strike().by(strategy), Interruption.at(turn, point), expected)) {
      turn++;
      assertThat(turn).isLessThan(MORE_TURNS_THAN_A_RECOVERY_TAKES);
    }
    assertThat(turn).as("turns in which it could be killed").isGreaterThan(20);
  }

  @Property(tries = 200)
  @Tag("S06")
  @Tag("S22")
  @Label(
      "However often it is killed, each time somewhere else, the recovery is one attempt and ends well")
  void againAndAgain(
      @ForAll("losses") Loss loss,
      @ForAll Strategy strategy,
      @ForAll @Size(min = 2, max = 12) List<@IntRange(min = 1, max = 9) Integer> lives,
      @ForAll Interruption.Point point) {
    World world = loss.strike().by(strategy);
    for (int life : lives) {
      liveAndDie(new Operator(world, Interruption.at(life, point)), life);
      world.tick();
    }
    new Operator(world).untilSteady();

    assertThat(world.wrongs()).isEmpty();
    assertThat(world.record().attempts()).isLessThanOrEqualTo(1);
  }

  @Property(tries = 300)
  @Tag("S06")
  @Label(
      "Calls that are refused, fail, or fail after they took effect, reads and writes of the record"
          + " among them, delay a recovery and change nothing else")
  void failingCalls(
      @ForAll("losses") Loss loss,
      @ForAll Strategy strategy,
      @ForAll("faults") List<FlakyPorts.Fault> faults) {
    World world = loss.strike().by(strategy);
    RecoveryEngine engine = new RecoveryEngine(FlakyPorts.of(world, faults), TurnListener.none());
    for (int turn = 0; turn < faults.size(); turn++) {
      turnWhateverHappens(new Operator(world, Operator.POLICY, engine));
      world.advance(Operator.POLICY.incidentInterval());
      world.tick();
    }
    new Operator(world).untilSteady();

    assertThat(world.wrongs()).isEmpty();
    assertThat(world.record().attempts()).isEqualTo(1);
  }

  @Provide
  Arbitrary<Loss> losses() {
    return Arbitraries.of(Losses.ofTwoOutOfThree());
  }

  @Provide
  Arbitrary<List<FlakyPorts.Fault>> faults() {
    return Arbitraries.of(FlakyPorts.Fault.class).list().ofMinSize(20).ofMaxSize(120);
  }

  /** False where the recovery was over before the turn of death came. */
  private static boolean diesAndIsSucceeded(World world, Interruption death, Outcome expected) {
    Operator first = new Operator(world, death);
    try {
      first.step();
      first.untilSteady();
      return false;
    } catch (Interruption.Death dead) {
      world.tick();
      Operator successor = new Operator(world);
      successor.step();
      successor.untilSteady();
      assertThat(Outcome.of(world)).as("killed at %s", death).isEqualTo(expected);
      assertThat(world.wrongs()).as("killed at %s", death).isEmpty();
      return true;
    }
  }

  private static void liveAndDie(Operator operator, int life) {
    assertThatThrownBy(() -> operator.steps(life)).isInstanceOf(Interruption.Death.class);
  }

  private static void turnWhateverHappens(Operator operator) {
    try {
      operator.turn();
    } catch (PortFailure failure) {
      assertThat(failure).hasMessageContaining("connection");
    }
  }
}
