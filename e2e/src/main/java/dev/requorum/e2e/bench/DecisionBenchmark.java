package dev.requorum.e2e.bench;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.Ports;
import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.Turn;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.recovery.SteadyReconcile;
import dev.requorum.core.recovery.SurvivorHealth;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the core itself costs for a cluster of nine that lost its quorum: one decision, and one
 * whole turn from observe to decide through ports that answer at once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecisionBenchmark {

  private final SteadyReconcile reconcile = new SteadyReconcile(SurvivorHealth.leadsItself());
  private Observation seen;
  private Assessment assessment;
  private RecoveryRecord record;
  private RecoveryEngine engine;

  /** Takes the look that is decided upon. */
  @Setup
  public void look() {
    RecoveryRecord healthy = NineMembers.record();
    seen = NineMembers.lost();
    assessment = reconcile.assess(seen, healthy);
    record = reconcile.decide(seen, assessment, healthy, NineMembers.POLICY).next();
    Ports ports = InstantPorts.answering(NineMembers.workload(), NineMembers.etcd(), record);
    engine = new RecoveryEngine(ports, TurnListener.none());
  }

  /** The decision alone, on a look that is assessed already. */
  @Benchmark
  public Decision decide() {
    return reconcile.decide(seen, assessment, record, NineMembers.POLICY);
  }

  /** The verdict on the look. */
  @Benchmark
  public Assessment assess() {
    return reconcile.assess(seen, record);
  }

  /** Load, observe, assess, decide, store, announce; the ports cost next to nothing. */
  @Benchmark
  public Optional<Turn> turn() {
    return engine.turn(NineMembers.GOAL, NineMembers.POLICY);
  }
}
