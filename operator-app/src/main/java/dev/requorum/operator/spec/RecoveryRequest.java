package dev.requorum.operator.spec;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.ClusterGoal;
import java.util.Objects;

/** What the recovery engine needs of a manifest, whether or not the rest of it can be had. */
public record RecoveryRequest(ClusterGoal goal, RecoveryPolicy policy) {

  public RecoveryRequest {
    Objects.requireNonNull(goal, "goal");
    Objects.requireNonNull(policy, "policy");
  }
}
