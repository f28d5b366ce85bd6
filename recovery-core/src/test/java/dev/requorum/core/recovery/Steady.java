package dev.requorum.core.recovery;

import dev.requorum.core.Decision;
import dev.requorum.core.model.Look;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.record.RecoveryRecord;

/** Decides upon a look and a record as the engine does. */
final class Steady {

  private Steady() {}

  static Decision decide(Look look, RecoveryRecord before) {
    return decide(look, before, RecoveryPolicy.defaults());
  }

  static Decision decide(Look look, RecoveryRecord before, RecoveryPolicy policy) {
    return new SteadyReconcile(SurvivorHealth.leadsItself())
        .decide(
            look.seen(), QuorumAssessor.assess(look.seen(), before.lastKnown()), before, policy);
  }
}
