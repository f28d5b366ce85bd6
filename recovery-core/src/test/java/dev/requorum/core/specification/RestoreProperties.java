package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Interruption;
import dev.requorum.core.model.Loss;
import dev.requorum.core.model.Losses;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.Strategy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;

@Label("Restored beside the original")
class RestoreProperties {

  private static final long BUMP = Operator.POLICY.revisionBump();

  @Property(tries = 200)
  @Domain(Losses.class)
  @Tag("S23")
  @Label(
      "Whichever majority is lost, what the freshest survivor had is kept, in a new cluster with a"
          + " revision that nobody has seen, and no volume is deleted")
  void kept(@ForAll Loss loss) {
    World world = loss.strike().by(Strategy.RESTORE);
    Map<Integer, String> claims = claims(world, loss);
    Operator operator = new Operator(world);
    operator.step();
    ClusterId before = world.record().lastKnown().clusterId().orElseThrow();
    operator.untilSteady();

    Incident incident = world.record().incident().orElseThrow();
    assertThat(incident.strategy()).isEqualTo(Strategy.RESTORE);
    assertThat(world.record().lastKnown().clusterId())
        .isPresent()
        .isNotEqualTo(Optional.of(before));
    assertThat(world.revision()).contains(incident.survivor().orElseThrow().revision() + BUMP);
    assertThat(world.acts()).noneMatch(act -> act.startsWith("Discard demo"));
    assertThat(claims(world, loss)).isEqualTo(claims);
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 100)
  @Tag("S23")
  @Label("A restore that is killed in the middle is made again, in another directory")
  void killed(
      @ForAll("losses") Loss loss,
      @ForAll @IntRange(min = 1, max = 2) int times,
      @ForAll @IntRange(min = 1, max = 25) int turn,
      @ForAll Interruption.Point point) {
    World world = loss.strike().by(Strategy.RESTORE);
    world.killRestores(times);
    try {
      new Operator(world, Interruption.at(turn, point)).steps(turn);
    } catch (Interruption.Death dead) {
      world.tick();
    }
    new Operator(world).untilSteady();

    Incident incident = world.record().incident().orElseThrow();
    assertThat(incident.restore().orElseThrow().number()).isEqualTo(times + 1);
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 20)
  @Tag("S23")
  @Label("After three failures in a row it waits for a human, with the original untouched")
  void givenUp(@ForAll("losses") Loss loss) {
    World world = loss.strike().by(Strategy.RESTORE);
    world.killRestores(3);
    Operator operator = new Operator(world);
    operator.until(
        "the last failure",
        () ->
            world
                .record()
                .incident()
                .map(Incident::reason)
                .equals(Optional.of(Reason.RESTORE_FAILED)));
    operator.steps(20);
    assertThat(world.acts().stream().filter(act -> act.startsWith("Restore")).count()).isEqualTo(3);
    world.deleteRestorePod();
    operator.untilSteady();

    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 20)
  @Tag("S23")
  @Label("A second loss is restored from the directory of the first, into one of its own")
  void twice(@ForAll("losses") Loss first, @ForAll("losses") Loss second) {
    World world = first.strike().by(Strategy.RESTORE);
    Operator operator = new Operator(world);
    operator.step();
    operator.untilSteady();
    Optional<String> directory = world.record().lastKnown().directory();
    world.acknowledge(world.record().incident().orElseThrow().id());
    world.write();
    operator.steps(2);
    second.hit(world);
    operator.step();
    operator.untilSteady();

    assertThat(world.record().history())
        .singleElement()
        .matches(incident -> incident.phase() == Phase.COMPLETED);
    assertThat(world.record().lastKnown().directory()).isPresent().isNotEqualTo(directory);
    assertThat(world.record().attempts()).isEqualTo(2);
    assertThat(world.wrongs()).isEmpty();
  }

  @Provide
  Arbitrary<Loss> losses() {
    return Arbitraries.of(Losses.ofTwoOutOfThree());
  }

  private static Map<Integer, String> claims(World world, Loss loss) {
    Map<Integer, String> claims = new TreeMap<>();
    for (int ordinal = 0; ordinal < loss.size(); ordinal++) {
      if (!loss.gone().contains(ordinal)) {
        claims.put(ordinal, world.claimUid(ordinal));
      }
    }
    return claims;
  }
}
