package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Pod;

/** When a node starts a pod's container again after it ended. */
enum RestartPolicy {
  ALWAYS,
  ON_FAILURE,
  NEVER;

  static RestartPolicy of(Pod pod) {
    String policy = pod.getSpec().getRestartPolicy();
    if ("Never".equals(policy)) {
      return NEVER;
    }
    return "OnFailure".equals(policy) ? ON_FAILURE : ALWAYS;
  }

  boolean restartsAfter(boolean success) {
    return this == ALWAYS || (this == ON_FAILURE && !success);
  }
}
