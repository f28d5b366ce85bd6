package dev.requorum.core.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Interruption;
import dev.requorum.core.model.Operator;
import dev.requorum.core.model.World;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

@Label("Whatever happens")
class StormProperties {

  /** What may befall a cluster and its operator. */
  private enum Blow {
    LOSE_VOLUME,
    BREAK,
    MEND,
    DELETE_POD,
    CUT_OFF,
    RECONNECT,
    DELETE_NODE,
    REPAIR_NODE,
    MUTE,
    UNMUTE,
    HIDE,
    SHOW,
    LIST_FAILS,
    LIST_WORKS,
    CLOCK_BACK,
    CLOCK_FORWARD,
    WRITE,
    RESIZE,
    KILL_OPERATOR,
    PATIENCE
  }

  private record Event(Blow blow, int ordinal, int turnsAfter) {}

  @Property(tries = 500)
  @Tag("S06")
  @Tag("S14")
  @Tag("S20")
  @Tag("S22")
  @Label(
      "In any storm of failures: no fork, no member back without its memory, never two armed members,"
          + " nothing forced while a leader is alive anywhere, nothing forced without a copy and a"
          + " counted attempt, no volume discarded while nobody leads, and no rebuild that dropped"
          + " members without its data loss on record")
  void noHarm(
      @ForAll @IntRange(min = 2, max = 5) int size,
      @ForAll @Size(min = 5, max = 40) List<@From("events") Event> events) {
    World world = World.of(size);
    Operator operator = new Operator(world);
    operator.untilSteady();
    for (Event event : events) {
      befall(world, event, size);
      operator.steps(event.turnsAfter);
      assertThat(world.wrongs()).isEmpty();
    }
    assertThatAttemptsCountCommits(world);
    assertThat(world.timesForced()).isLessThanOrEqualTo(lossesOnRecord(world));
  }

  @Provide
  Arbitrary<Event> events() {
    return Combinators.combine(
            Arbitraries.of(Blow.class),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 5))
        .as(Event::new);
  }

  private static void befall(World world, Event event, int size) {
    int ordinal = event.ordinal % size;
    switch (event.blow) {
      case LOSE_VOLUME -> loseVolume(world, ordinal);
      case BREAK -> world.breakProcess(ordinal);
      case MEND -> world.mendProcess(ordinal);
      case DELETE_POD -> world.deletePodByForce(ordinal);
      case CUT_OFF -> world.cutOff(ordinal, 1);
      case RECONNECT -> world.reconnect(ordinal);
      case DELETE_NODE -> world.deleteNode(ordinal);
      case REPAIR_NODE -> world.reconnectOrAddNode(ordinal);
      case MUTE -> world.mute(ordinal);
      case UNMUTE -> world.unmute(ordinal);
      case HIDE -> world.hide(WorkloadPart.values()[event.ordinal]);
      case SHOW -> world.showEverything();
      case LIST_FAILS -> world.memberListFails(true);
      case LIST_WORKS -> world.memberListFails(false);
      case CLOCK_BACK -> world.advance(Duration.ofMinutes(-event.ordinal));
      case CLOCK_FORWARD -> world.advance(Duration.ofMinutes(event.ordinal));
      case WRITE -> world.write();
      case RESIZE -> world.askForSize(event.ordinal + 1);
      case KILL_OPERATOR -> killed(world, event);
      case PATIENCE -> new Operator(world).steps(15);
    }
    world.tick();
  }

  /** Not the survivor's once it is told to start alone: S24 leaves it alone, too. */
  private static void loseVolume(World world, int ordinal) {
    boolean rebuiltFrom =
        world
            .record()
            .ongoing()
            .filter(any -> world.initialCluster().filter(InitialCluster::isSealed).isEmpty())
            .flatMap(Incident::survivor)
            .map(Survivor::ordinal)
            .equals(Optional.of(ordinal));
    if (!rebuiltFrom) {
      world.loseVolume(ordinal);
    }
  }

  private static void killed(World world, Event event) {
    Interruption.Point[] points = Interruption.Point.values();
    try {
      new Operator(world, Interruption.at(1, points[event.ordinal % points.length])).turn();
    } catch (Interruption.Death dead) {
      assertThat(dead).hasMessageContaining("died");
    }
  }

  private static void assertThatAttemptsCountCommits(World world) {
    List<RecoveryRecord> records = world.recordsStored();
    int commits = 0;
    for (int i = 1; i < records.size(); i++) {
      boolean committed = isRebuilding(records.get(i)) && !isRebuilding(records.get(i - 1));
      commits += committed ? 1 : 0;
      assertThat(records.get(i).attempts()).isEqualTo(commits);
    }
  }

  /** A rebuild that is under way has yet to write its own. */
  private static int lossesOnRecord(World world) {
    RecoveryRecord record = world.record();
    return Stream.concat(
            record.history().stream().filter(i -> i.dataLoss().isPresent()),
            record.incident().stream()
                .filter(i -> i.dataLoss().isPresent() || i.phase() == Phase.REBUILDING))
        .toList()
        .size();
  }

  private static boolean isRebuilding(RecoveryRecord record) {
    return record.incident().map(Incident::phase).equals(Optional.of(Phase.REBUILDING));
  }
}
