package dev.requorum.operator.status;

import dev.requorum.ports.Reason;
import java.util.Objects;

/**
 * What one look says of one condition.
 *
 * @param message for a human at 3 a.m.
 */
record Finding(Type type, Truth truth, Reason reason, String message) {

  /** The conditions of an EtcdCluster, in the order in which they are listed. */
  enum Type {
    /** A quorum serves. */
    AVAILABLE("Available"),
    /** Something is under way that brings the cluster closer to what was asked for. */
    PROGRESSING("Progressing"),
    /** Something is worse than it should be. */
    DEGRADED("Degraded"),
    /** A lost quorum is being recovered (S08). */
    RECOVERING("Recovering"),
    /** A recovery is held by something that time alone will not mend. */
    RECOVERY_BLOCKED("RecoveryBlocked"),
    /** Data may have been lost, and no human has acknowledged it (S21). */
    DATA_LOSS_POSSIBLE("DataLossPossible");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** A condition's status. */
  enum Truth {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String word;

    Truth(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Truth of(boolean holds) {
      return holds ? TRUE : FALSE;
    }
  }

  Finding {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(truth, "truth");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }
}
