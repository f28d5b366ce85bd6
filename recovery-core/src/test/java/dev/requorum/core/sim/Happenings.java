package dev.requorum.core.sim;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Step;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Lets events happen to a world. */
final class Happenings {

  private final World world;
  private final OperatorProcess[] operators;

  Happenings(World world, OperatorProcess[] operators) {
    this.world = world;
    this.operators = operators;
  }

  static WorkloadPart part(int number) {
    return WorkloadPart.values()[number % WorkloadPart.values().length];
  }

  void happen(Event event) {
    world.coverage.count("event " + event.kind());
    int a = event.a();
    switch (event.kind()) {
      case TURN -> turn(a);
      case WAIT -> world.pass(a * 1000L);
      case WRITE -> world.write();
      case INTERRUPT -> operator(a).interrupt(event.interruption());
      case CLOCK -> jump(a, event.b());
      case STALE_LOOKS -> operator(a).staleness.begin(event.c(), event.b());
      case CUT -> world.net.cut(a, event.b());
      case CUT_ONE_WAY -> world.net.cutOneWay(a, event.b());
      case HEAL -> world.net.heal(a, event.b());
      case PARTITION -> world.net.partition(a);
      case HEAL_ALL -> world.net.healAll();
      case KILL, BREAK, MEND, HANG, WAKE, SLOW, FAST, CORRUPT, FOREIGN -> toMember(event);
      case POWER_OFF, POWER_ON, DELETE_NODE, OUT_OF_SERVICE -> toMachine(event);
      case LOSE_VOLUME, DOOM_VOLUME, DELETE_POD, FORCE_DELETE_POD ->
          new Deletions(world).happen(event);
      case HIDE -> world.kube.unreadable.add(part(a));
      case SHOW -> world.kube.unreadable.clear();
      case LOSE_COPIES -> world.copies.clear();
      case HIDE_COPIES -> world.copiesHidden = a % 2 == 1;
      case KILL_RESTORES -> world.kubelets.restoresKilled = a;
      case DELETE_RESTORE -> world.kube.restore = Optional.empty();
      case EDIT_TEMPLATE -> world.kube.editTemplate(a);
      case RESIZE -> world.size = a;
      case ACKNOWLEDGE -> acknowledge();
      case APPROVE -> approve();
      case UNTIL -> until(event);
      case SPLIT -> world.net.split(a);
      case STUCK -> machine(a).stuck = true;
      case FREE -> machine(a).stuck = false;
    }
  }

  OperatorProcess operator(int number) {
    return operators[number % 2];
  }

  private void turn(int number) {
    Duration wait = operator(number).turn();
    world.pass(wait.toMillis());
  }

  private void until(Event event) {
    for (int turn = 0; turn < event.c() && !hasComeTo(event.step()); turn++) {
      turn(event.a());
    }
  }

  private boolean hasComeTo(Optional<Step> step) {
    return world
        .records
        .newest()
        .ongoing()
        .filter(
            incident ->
                step.isEmpty()
                    ? incident.phase() == Phase.SCALING_OUT
                    : incident.step().equals(step))
        .isPresent();
  }

  private Machine machine(int number) {
    return world.kube.machines.get(number % Net.MACHINES);
  }

  private void jump(int number, int seconds) {
    if (seconds > 0) {
      world.coverage.count("clock jumps");
    }
    operator(number).jump(seconds);
  }

  void acknowledge() {
    world.acknowledged =
        world
            .records
            .newest()
            .incidents()
            .filter(Incident::unacknowledged)
            .map(Incident::id)
            .findFirst()
            .or(() -> world.acknowledged);
  }

  void approve() {
    world.approved =
        world
            .records
            .newest()
            .ongoing()
            .flatMap(Incident::plan)
            .map(RecoveryPlan::hash)
            .or(() -> world.approved);
  }

  private Optional<Etcd> process(int ordinal) {
    return world.members.running().stream().filter(one -> one.machine == ordinal).findFirst();
  }

  private Optional<Store> data(int ordinal) {
    return Optional.ofNullable(world.kube.claims.get(World.CLUSTER.memberName(ordinal)))
        .flatMap(claim -> world.members.store(claim.uid(), world.directory()));
  }

  private void toMember(Event event) {
    int ordinal = event.a();
    Optional<Etcd> process = process(ordinal);
    switch (event.kind()) {
      case KILL -> kill(process);
      case BREAK -> {
        data(ordinal).ifPresent(store -> store.crashes = true);
        kill(process);
      }
      case MEND -> data(ordinal).ifPresent(store -> store.crashes = false);
      case HANG -> process.ifPresent(one -> one.hangs = true);
      case WAKE -> process.ifPresent(one -> one.hangs = false);
      case SLOW, FAST -> {
        machine(ordinal).slow = event.kind() == Event.Kind.SLOW;
        process.ifPresent(one -> one.slow = machine(ordinal).slow);
      }
      case CORRUPT -> data(ordinal).ifPresent(store -> store.corrupt = true);
      default -> foreign(ordinal);
    }
  }

  /** True for a member that a rebuild is under way from. */
  private boolean isSurvivor(int ordinal) {
    return world
        .records
        .newest()
        .incident()
        .filter(incident -> incident.phase() == Phase.REBUILDING)
        .flatMap(Incident::survivor)
        .filter(survivor -> survivor.ordinal() == ordinal)
        .isPresent();
  }

  private void kill(Optional<Etcd> process) {
    process.ifPresent(one -> world.members.stop(one.podUid, false));
  }

  /** Somebody puts another cluster's data into the place of a member's, far ahead of it. */
  private void foreign(int ordinal) {
    String pod = World.CLUSTER.memberName(ordinal);
    Optional<Kube.Claim> claim = Optional.ofNullable(world.kube.claims.get(pod));
    claim
        .filter(there -> !isSurvivor(ordinal))
        .ifPresent(
            there -> {
              kill(process(ordinal));
              Member alone =
                  new Member(
                      new MemberId(0xf00 + ordinal),
                      pod,
                      List.of(world.goal().peerUrl(ordinal)),
                      false);
              Store.Base base = new Store.Base(100_000, List.of(alone), new BitSet());
              Store store =
                  Store.beginning(
                      alone.id(),
                      new ClusterId(0xf0),
                      base,
                      new Epoch(-1, Optional.empty(), Optional.empty(), pod, 0));
              store.term = 1000;
              store.foreign = true;
              world.members.put(there.uid(), world.directory(), store);
            });
  }

  private void toMachine(Event event) {
    Machine machine = machine(event.a());
    switch (event.kind()) {
      case POWER_OFF -> world.kubelets.powerOff(machine);
      case DELETE_NODE -> {
        world.kubelets.powerOff(machine);
        machine.exists = false;
      }
      case OUT_OF_SERVICE -> {
        world.kubelets.powerOff(machine);
        machine.outOfService = true;
      }
      default -> {
        machine.on = true;
        machine.exists = true;
        machine.outOfService = false;
      }
    }
  }
}
