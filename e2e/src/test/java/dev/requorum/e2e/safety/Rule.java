package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import java.util.function.UnaryOperator;

/**
 * A safety rule that can be taken away from an operator, by ports that deceive it. Nothing in the
 * operator itself can be switched off.
 */
public enum Rule {
  /** What etcd does not say is not believed without Kubernetes' account. */
  TWO_WITNESSES(EtcdAlone::around),
  /** Nothing is forced while anybody but the survivor can run. */
  FENCE(Unfenced::around),
  /** A member that lost its disk cannot start as its former self. */
  SEAL(Unsealed::around),
  /** The freshest voter that answers is the survivor. */
  FRESHEST_SURVIVOR(Unranked::around),
  /** The last copy is only read, and what comes of it is another cluster. */
  BESIDE_THE_ORIGINAL(InPlace::around),
  /** What is lost is counted, recorded and told. */
  ACCOUNT(Untold::around),
  /** So many rebuilds within a while, and no more. */
  BOUNDS(Tireless::around),
  /** A rebuild that the owner wants to be asked about is not begun before the answer. */
  CONSENT(Unasked::around);

  /** The tag of scenarios that show the damage without a rule. */
  public static final String OFF = "rule-off";

  private final UnaryOperator<Ports> off;

  Rule(UnaryOperator<Ports> off) {
    this.off = off;
  }

  /** The ports by which an operator does what it would do without this rule. */
  public Ports takenFrom(Ports ports) {
    return off.apply(ports);
  }
}
