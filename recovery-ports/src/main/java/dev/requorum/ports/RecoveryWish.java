package dev.requorum.ports;

import dev.requorum.ports.record.Strategy;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What the owner of a cluster wants of its recovery.
 *
 * @param strategy empty where the best one that the cluster's etcd version allows is to be chosen
 * @param approvedPlan the hash of the plan that a human approves; empty where none
 */
public record RecoveryWish(Mode mode, Optional<Strategy> strategy, Optional<String> approvedPlan) {

  /** The annotation of an EtcdCluster by which a human approves a plan. */
  public static final String APPROVED_BY = "operator.etcd.io/approve-recovery";

  /** Who decides that a cluster is rebuilt ({@code spec.recovery.mode}). */
  public enum Mode {
    /** The operator does, once the evidence is complete. */
    AUTOMATIC("Automatic"),
    /** A human does, by naming the plan's hash. */
    APPROVE("Approve"),
    /** Nobody does: a loss is reported, and nothing is changed. */
    NEVER("Never");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    /** As it stands in a manifest. */
    public String word() {
      return word;
    }

    /**
     * The mode of this word.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Mode ofWord(String word) {
      return Arrays.stream(values())
          .filter(mode -> mode.word.equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no mode is called " + word));
    }
  }

  public RecoveryWish {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(approvedPlan, "approvedPlan");
  }

  /** Automatic, by the best strategy. */
  public static RecoveryWish defaults() {
    return new RecoveryWish(Mode.AUTOMATIC, Optional.empty(), Optional.empty());
  }
}
