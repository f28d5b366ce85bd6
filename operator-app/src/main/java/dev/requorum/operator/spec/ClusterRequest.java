package dev.requorum.operator.spec;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.ClusterGoal;
import java.util.Objects;

/**
 * A manifest that can be had: what the recovery engine and the objects need of it.
 *
 * @param image the etcd image with its tag
 */
public record ClusterRequest(ClusterGoal goal, RecoveryPolicy policy, String image) {

  public ClusterRequest {
    Objects.requireNonNull(goal, "goal");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(image, "image");
  }
}
