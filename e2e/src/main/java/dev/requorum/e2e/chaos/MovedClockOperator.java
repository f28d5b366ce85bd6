package dev.requorum.e2e.chaos;

import dev.requorum.core.engine.Ports;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.operator.OperatorMain;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The operator as it is shipped, with a clock that can be moved while it runs: that of the engine,
 * by which everything is decided and recorded. The environment names the {@link MovableClock}'s
 * file.
 */
public final class MovedClockOperator {

  static final String CLOCK = "CHAOS_CLOCK";

  private MovedClockOperator() {}

  /** Runs the operator. */
  public static void main(String[] arguments) throws InterruptedException {
    MovableClock clock = new MovableClock(Path.of(System.getenv(CLOCK)));
    if (!OperatorMain.run(System.getenv(), TurnListener.none(), ports -> withClock(ports, clock))) {
      System.exit(1);
    }
  }

  private static Ports withClock(Ports ports, InstantSource clock) {
    return new Ports(
        ports.workload(),
        ports.probe(),
        ports.membership(),
        ports.preservation(),
        ports.restoration(),
        ports.records(),
        ports.announcer(),
        clock);
  }
}
