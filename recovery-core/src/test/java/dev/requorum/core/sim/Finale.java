package dev.requorum.core.sim;

import dev.requorum.core.Decision;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import java.util.Optional;

/**
 * What must come of any story once nothing more goes wrong: all members back within a bounded
 * number of turns, or, where nobody has the data any more, a recovery that is blocked and says so.
 */
final class Finale {

  private static final int TURNS = 500;

  private final World world;
  private final OperatorProcess[] operators;
  private final Happenings happenings;

  Finale(World world, OperatorProcess[] operators, Happenings happenings) {
    this.world = world;
    this.operators = operators;
    this.happenings = happenings;
  }

  void play() {
    allIsWell();
    world.narrator.line("nothing more goes wrong");
    for (int turn = 0; turn < TURNS && !isOver(); turn++) {
      happenings.acknowledge();
      takeTemplateBack(turn);
      deleteFailedRestore();
      happenings.approve();
      world.pass(operators[turn / 100 % 2].turn().toMillis());
      if (!world.ledger.violations().isEmpty()) {
        return;
      }
    }
    if (isOver()) {
      world.coverage.count("ended whole");
    } else {
      mustBeBlocked();
    }
    world.ledger.rebuilt().forEach(this::mustBeAccountedFor);
  }

  private void allIsWell() {
    world.net.healAll();
    world.kube.unreadable.clear();
    world.copiesHidden = false;
    world.kubelets.restoresKilled = 0;
    world.kube.machines.forEach(
        machine -> {
          machine.on = true;
          machine.exists = true;
          machine.outOfService = false;
          machine.slow = false;
          machine.stuck = false;
        });
    world
        .members
        .running()
        .forEach(
            one -> {
              one.hangs = false;
              one.slow = false;
            });
    if (world.setup.mended()) {
      world.members.stores().forEach(store -> store.crashes = false);
    }
    for (OperatorProcess operator : operators) {
      operator.leaveAlone();
    }
  }

  /** Somebody does what the reason asks for. */
  private void takeTemplateBack(int turn) {
    if (turn == 0 && world.kube.template.number() != 1) {
      world.kube.editTemplate(1);
    }
  }

  /** The same: nothing makes a restore fail any more. */
  private void deleteFailedRestore() {
    boolean asked =
        world
            .records
            .newest()
            .ongoing()
            .filter(incident -> incident.reason() == Reason.RESTORE_FAILED)
            .isPresent();
    if (asked) {
      world.kube.restore = Optional.empty();
    }
  }

  private boolean isOver() {
    return world.isWhole()
        && world.records.newest().ongoing().isEmpty()
        && world.kube.initialCluster.filter(InitialCluster::isSealed).isPresent()
        && !world.kube.statefulSet().armed()
        && world.kube.pods.values().stream().noneMatch(pod -> pod.template.forceFlag());
  }

  private void mustBeBlocked() {
    Decision last = operators[0].last().orElseThrow();
    if (new Excuses(world).excuse(last)) {
      world.coverage.count("ended held, and rightly: " + last.reason().word());
      return;
    }
    world.ledger.disaster(
        "never ended well: %s: %s".formatted(last.reason().word(), last.message()));
    for (Etcd one : world.members.running()) {
      world.narrator.line("%s", one);
    }
  }

  private void mustBeAccountedFor(Epoch epoch) {
    String incident = epoch.incident.orElseThrow();
    boolean told =
        world
            .records
            .newest()
            .incidents()
            .filter(one -> one.id().equals(incident))
            .anyMatch(one -> one.dataLoss().isPresent());
    if (!told && world.records.newest().history().size() < 10 && isOver()) {
      world.ledger.disaster("nobody was told what was lost in " + epoch);
    }
  }
}
