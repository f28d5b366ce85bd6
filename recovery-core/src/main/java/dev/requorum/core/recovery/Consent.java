package dev.requorum.core.recovery;

import dev.requorum.ports.Reason;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.RecoveryPlan;
import java.util.Optional;

/**
 * Why a plan must not be carried out although nothing stands in its way: its owner did not agree.
 * Only the beginning of a rebuild needs consent; one that was begun is carried on whatever the mode
 * becomes, for nothing is safe half-done.
 */
record Consent(Reason reason, String message) {

  /** Where an approval is written. */
  static final String ANNOTATION = "operator.etcd.io/approve-recovery";

  /** Empty where it may be carried out. */
  static Optional<Consent> missing(RecoveryWish wish, RecoveryPlan plan) {
    return switch (wish.mode()) {
      case AUTOMATIC -> Optional.empty();
      case APPROVE ->
          wish.approvedPlan().equals(Optional.of(plan.hash()))
              ? Optional.empty()
              : Optional.of(new Consent(Reason.AWAITING_APPROVAL, request(wish, plan)));
      case NEVER ->
          Optional.of(
              new Consent(
                  Reason.RECOVERY_OFF,
                  "spec.recovery.mode is Never, so nothing is done; what would be: "
                      + PlanDraft.inWords(plan)));
    };
  }

  private static String request(RecoveryWish wish, RecoveryPlan plan) {
    String given =
        wish.approvedPlan()
            .map(other -> ". The approval given is for another plan, %s".formatted(other))
            .orElse("");
    return "plan %1$s: %2$s. To carry it out, annotate the EtcdCluster with %3$s=%1$s%4$s"
        .formatted(plan.hash(), PlanDraft.inWords(plan), ANNOTATION, given);
  }
}
