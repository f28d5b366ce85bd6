package dev.requorum.core.model;

import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.Turn;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.core.recovery.AttemptLimits;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** An engine at work on a world: it turns, waits as long as it wants to, and the world moves on. */
public final class Operator {

  /** Patient enough to see the window, short enough for thousands of runs. */
  public static final RecoveryPolicy POLICY =
      RecoveryPolicy.defaults()
          .withWindows(Duration.ofSeconds(5), Duration.ofSeconds(9))
          .withLimits(new AttemptLimits(10, Duration.ofMillis(1), Duration.ofMillis(1)), 1000);

  private static final int TURNS_AT_MOST = 600;

  private final World world;
  private final RecoveryEngine engine;
  private final RecoveryPolicy policy;

  public Operator(World world) {
    this(world, TurnListener.none());
  }

  public Operator(World world, TurnListener listener) {
    this(world, POLICY, new RecoveryEngine(world.ports(), listener));
  }

  public Operator(World world, RecoveryPolicy policy, RecoveryEngine engine) {
    this.world = world;
    this.policy = policy;
    this.engine = engine;
  }

  /** One turn; the world and its clock stand still. */
  public Optional<Turn> turn() {
    return engine.turn(world.goal(), policy);
  }

  /** One turn, and what happens until the next. A turn that was lost is taken again. */
  public Turn step() {
    Turn turn = turn().or(this::turn).orElseThrow(() -> new AssertionError("lost twice in a row"));
    world.advance(turn.recheckAfter());
    world.tick();
    return turn;
  }

  public void steps(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  /** Goes on until it holds; an error that shows the record where it never does. */
  public void until(String what, BooleanSupplier holds) {
    for (int i = 0; i < TURNS_AT_MOST; i++) {
      if (holds.getAsBoolean()) {
        return;
      }
      step();
    }
    throw new AssertionError(
        "never came to be: %s%nrecord: %s%nacts: %s%nset: %s"
            .formatted(what, world.record().incident(), world.acts(), world.statefulSet()));
  }

  /** Until all is as it was asked for, nothing is open, and nothing is left to do. */
  public void untilSteady() {
    until(
        "a steady cluster",
        () ->
            world.record().ongoing().isEmpty()
                && world.isWhole()
                && world.initialCluster().filter(c -> c.isSealed()).isPresent()
                && !world.statefulSet().armed()
                && world.record().lastKnown().bootstrapped());
    steps(3);
  }

  public void untilPhase(Phase phase) {
    until(
        "phase " + phase,
        () -> world.record().incident().map(Incident::phase).equals(Optional.of(phase)));
  }
}
