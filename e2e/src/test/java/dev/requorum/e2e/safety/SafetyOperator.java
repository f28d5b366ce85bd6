package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.operator.OperatorMain;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The operator as it is shipped, but for one safety rule where the environment names one, and with
 * a stop after its commitments where the environment names a file to wait for.
 */
public final class SafetyOperator {

  /** Names the {@link Rule} that is taken away. */
  public static final String RULE_OFF = "RULE_OFF";

  /** Names the file without which a rebuild that was committed to does not go on. */
  public static final String GATE = "GATE_AFTER_COMMITMENT";

  private SafetyOperator() {}

  /** Runs the operator. */
  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> environment = System.getenv();
    UnaryOperator<Ports> ports =
        Optional.ofNullable(environment.get(RULE_OFF))
            .map(Rule::valueOf)
            .<UnaryOperator<Ports>>map(rule -> rule::takenFrom)
            .orElse(UnaryOperator.identity());
    TurnListener listener =
        Optional.ofNullable(environment.get(GATE))
            .map(Path::of)
            .<TurnListener>map(CommitmentGate::new)
            .orElseGet(TurnListener::none);
    if (!OperatorMain.run(environment, listener, ports)) {
      System.exit(1);
    }
  }
}
