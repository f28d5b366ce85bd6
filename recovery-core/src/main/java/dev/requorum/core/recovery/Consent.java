package dev.requorum.core.recovery;

import dev.requorum.ports.Reason;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryPlan;
import java.util.Optional;

/**
 * Whether the owner of a cluster agrees to a plan that was made upon this very look.
 *
 * <p>Only the beginning of a rebuild needs consent. One that was begun is carried on whatever the
 * mode becomes, for nothing is safe half-done.
 */
record Consent(RecoveryWish wish, RecoveryPlan plan, LastKnown known) {

  /** Present where nothing is ever done. */
  Optional<Hold> refused() {
    return switch (wish.mode()) {
      case AUTOMATIC, APPROVE -> Optional.empty();
      case NEVER ->
          Optional.of(
              new Hold(
                  Reason.RECOVERY_OFF,
                  "spec.recovery.mode is Never, so nothing is done; what would be: "
                      + inWords()
                      + ". Bring members back, or set another mode",
                  true));
    };
  }

  /** Present where a human has to approve, and has not approved this plan. */
  Optional<Hold> awaited() {
    return switch (wish.mode()) {
      case AUTOMATIC, NEVER -> Optional.empty();
      case APPROVE ->
          wish.approvedPlan().equals(Optional.of(plan.hash()))
              ? Optional.empty()
              : Optional.of(new Hold(Reason.AWAITING_APPROVAL, request(), true));
    };
  }

  private String request() {
    String given =
        wish.approvedPlan()
            .map(
                other ->
                    ("The approval given is void: it is for plan %s, and that is another, or rests"
                            + " upon what is not so any more. ")
                        .formatted(other))
            .orElse("");
    return "%1$splan %2$s: %3$s. To carry it out, annotate the EtcdCluster with %4$s=%2$s"
        .formatted(given, plan.hash(), inWords(), RecoveryWish.APPROVED_BY);
  }

  private String inWords() {
    return PlanDraft.inWords(plan) + ". " + LossMessage.expected(plan, known);
  }
}
