package dev.requorum.operator.spec;

import dev.requorum.ports.ClusterGoal;
import java.util.Objects;

/**
 * A manifest that can be had: what the recovery engine and the objects need of it.
 *
 * @param image the etcd image with its tag
 */
public record ClusterRequest(RecoveryRequest recovery, String image) {

  public ClusterRequest {
    Objects.requireNonNull(recovery, "recovery");
    Objects.requireNonNull(image, "image");
  }

  /** What the cluster is to be. */
  public ClusterGoal goal() {
    return recovery.goal();
  }
}
