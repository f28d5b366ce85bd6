package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Label("A voter that was restarted without a quorum")
class LastVoterProperties {

  @Property(tries = 60)
  @Tag("S12")
  @Tag("S24")
  @Label(
      "Where it is the only one left and all others are gone for good, the cluster is restored from"
          + " it whichever strategy is asked for, with all its data (2 to 7 members)")
  void theOnlyOneLeft(
      @ForAll @IntRange(min = 2, max = 7) int size,
      @ForAll @IntRange(max = 6) int any,
      @ForAll Strategy asked) {
    int left = any % size;
    World world = World.of(size).by(asked).startedMembersWait();
    Operator operator = new Operator(world);
    operator.untilSteady();
    world.write();
    operator.steps(2);
    long had = world.revision().orElseThrow();
    ordinals(size).filter(ordinal -> ordinal != left).forEach(world::loseVolume);
    restart(world, left);

    operator.step();
    operator.untilSteady();

    Incident incident = world.record().incident().orElseThrow();
    assertThat(incident.survivor())
        .hasValueSatisfying(
            survivor -> {
              assertThat(survivor.ordinal()).isEqualTo(left);
              assertThat(survivor.basis()).isEqualTo(Survivor.Basis.LAST_SEEN);
            });
    assertThat(incident.strategy()).isEqualTo(Strategy.RESTORE);
    assertThat(incident.dataLoss().orElseThrow().retainedRevision()).isEqualTo(had);
    assertThat(world.revision().orElseThrow())
        .isEqualTo(had + incident.plan().orElseThrow().revisionBump());
    assertThat(world.record().attempts()).isEqualTo(1);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 60)
  @Tag("S26")
  @Label(
      "Where two of them are left, or one besides a member that is merely down, nothing is touched,"
          + " however long it lasts (4 to 7 members)")
  void cannotBeRanked(
      @ForAll @IntRange(min = 4, max = 7) int size,
      @ForAll @IntRange(max = 6) int any,
      @ForAll @IntRange(max = 6) int further,
      @ForAll boolean oneIsDown) {
    int one = any % size;
    int other = (one + 1 + further % (size - 1)) % size;
    Set<Integer> left = Set.of(one, other);
    World world = World.of(size).startedMembersWait();
    Operator operator = new Operator(world);
    operator.untilSteady();
    int acts = world.acts().size();
    ordinals(size).filter(ordinal -> !left.contains(ordinal)).forEach(world::loseVolume);
    left.forEach(ordinal -> restart(world, ordinal));
    if (oneIsDown) {
      world.breakProcess(other);
    }

    operator.steps(60);

    assertThat(world.record().incident().map(Incident::reason)).contains(Reason.NO_SURVIVOR);
    assertThat(world.record().attempts()).isZero();
    assertThat(world.acts()).hasSize(acts);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 40)
  @Tag("S06")
  @Label(
      "When others come back with their volumes before anything is forced, a quorum is back and"
          + " nothing was touched")
  void comesBack(@ForAll @IntRange(max = 2) int left) {
    World world = World.of(3).startedMembersWait();
    Operator operator = new Operator(world);
    operator.untilSteady();
    int acts = world.acts().size();
    ordinals(3).filter(ordinal -> ordinal != left).forEach(world::breakProcess);
    restart(world, left);
    operator.steps(60);
    ordinals(3).forEach(world::mendProcess);
    world.tick();

    operator.untilSteady();

    assertThat(world.record().incident()).isEmpty();
    assertThat(world.record().attempts()).isZero();
    assertThat(world.acts()).hasSize(acts);
    assertThat(world.wrongs()).isEmpty();
  }

  @Property(tries = 20)
  @Tag("S02")
  @Tag("S24")
  @Label(
      "Where a survivor is lost with its volume before anything was forced, the cluster is restored"
          + " from the other one, which the fence had stopped")
  void theOneThatTheFenceStopped(@ForAll Strategy asked, @ForAll boolean afterTheCut) {
    World world = World.of(5).by(asked).startedMembersWait();
    Operator operator = new Operator(world);
    operator.untilSteady();
    Set.of(0, 1, 2).forEach(world::loseVolume);
    operator.until("a commit", () -> world.record().attempts() == 1);
    if (afterTheCut) {
      operator.until("the cut", () -> world.statefulSet().window().replicas() == 1);
      world.tick();
    }
    world.loseVolume(3);
    world.tick();

    operator.untilSteady();

    Incident last = world.record().incident().orElseThrow();
    assertThat(last.survivor().map(Survivor::ordinal)).contains(4);
    assertThat(last.survivor().map(Survivor::basis).equals(Optional.of(Survivor.Basis.LAST_SEEN)))
        .isEqualTo(afterTheCut);
    assertThat(world.record().attempts()).isEqualTo(2);
    assertThat(world.wrongs()).isEmpty();
  }

  private static void restart(World world, int ordinal) {
    world.deletePodByForce(ordinal);
    world.tick();
  }

  private static IntStream ordinals(int size) {
    return IntStream.range(0, size);
  }
}
