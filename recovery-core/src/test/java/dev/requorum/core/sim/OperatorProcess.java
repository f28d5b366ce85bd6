package dev.requorum.core.sim;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.Ports;
import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.Turn;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.util.Optional;

/** One of the operator's two processes: an engine behind ports that may be interrupted. */
final class OperatorProcess {

  final String name;
  final Staleness staleness = new Staleness();
  private final World world;
  private final Gate gate;
  private final RecoveryEngine engine;
  private long clockOff;
  private boolean busy;
  private Optional<Decision> last = Optional.empty();

  OperatorProcess(World world, int place) {
    this.world = world;
    this.name = Net.name(place);
    AskedMembers asked = new AskedMembers(world.members, world.raft, world.net, place);
    RestoreActs restores = new RestoreActs(world, place);
    gate = new Gate(world, place, name);
    Ports ports =
        new Ports(
            gate.around(
                dev.requorum.ports.kubernetes.Workload.class, new Acts(world, place, staleness)),
            gate.around(dev.requorum.ports.etcd.MemberProbe.class, asked),
            gate.around(
                dev.requorum.ports.etcd.Membership.class,
                new GuardedMembership(world, asked, place)),
            gate.around(dev.requorum.ports.Preservation.class, restores),
            gate.around(dev.requorum.ports.kubernetes.Restoration.class, restores),
            gate.around(dev.requorum.ports.record.RecoveryRecords.class, world.records),
            gate.around(
                dev.requorum.ports.Announcer.class, (cluster, one) -> world.guard.announces(one)),
            () -> world.now().plusSeconds(clockOff));
    engine = new RecoveryEngine(ports, new Told());
  }

  /** Two processes that stop for each other. */
  static OperatorProcess[] pair(World world) {
    OperatorProcess a = new OperatorProcess(world, Net.OPERATOR_A);
    OperatorProcess b = new OperatorProcess(world, Net.OPERATOR_B);
    a.gate.other = b;
    b.gate.other = a;
    return new OperatorProcess[] {a, b};
  }

  void interrupt(Interruption next) {
    gate.next = Optional.of(next);
  }

  void leaveAlone() {
    gate.next = Optional.empty();
    staleness.end();
  }

  void jump(long seconds) {
    clockOff += seconds;
  }

  /** What it decided at its last turn. */
  Optional<Decision> last() {
    return last;
  }

  /**
   * One turn.
   *
   * @return for how long it waits then
   */
  Duration turn() {
    if (busy) {
      return Duration.ofSeconds(1);
    }
    busy = true;
    try {
      return unlessItDies();
    } finally {
      busy = false;
    }
  }

  private Duration unlessItDies() {
    world.coverage.turns++;
    try {
      Optional<Turn> turn = engine.turn(world.goal(), Setup.POLICY);
      turn.flatMap(Turn::trouble)
          .ifPresent(trouble -> world.narrator.detail("%s: %s", name, trouble.message()));
      return turn.map(Turn::recheckAfter).orElse(Duration.ofMillis(10));
    } catch (Death death) {
      world.coverage.count("deaths of an operator");
      world.narrator.detail("%s dies", name);
      return Duration.ofSeconds(1);
    } catch (PortFailure failure) {
      world.narrator.detail("%s fails: %s", name, failure.getMessage());
      return Duration.ofSeconds(1);
    }
  }

  /** Keeps what was decided, and tells it. */
  private final class Told implements TurnListener {

    @Override
    public void decided(Observation observation, RecoveryRecord before, Decision decision) {
      last = Optional.of(decision);
      if (world.narrator.tells()) {
        Action action = decision.action();
        world.narrator.detail(
            "%s: %s%s: %s",
            name,
            action instanceof Action.None ? "" : action.getClass().getSimpleName() + ", ",
            decision.reason().word(),
            decision.message());
      }
    }
  }
}
