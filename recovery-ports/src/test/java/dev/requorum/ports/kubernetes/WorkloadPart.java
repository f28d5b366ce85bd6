package dev.requorum.ports.kubernetes;

import dev.requorum.ports.Fact;

/** The parts of a {@link WorkloadView}, each of which can be unknown for itself. */
public enum WorkloadPart {
  STATEFUL_SET,
  PODS,
  VOLUMES,
  NODES,
  INITIAL_CLUSTER;

  /** This part of the view. */
  public Fact<?> of(WorkloadView view) {
    return switch (this) {
      case STATEFUL_SET -> view.statefulSet();
      case PODS -> view.pods();
      case VOLUMES -> view.volumes();
      case NODES -> view.nodes();
      case INITIAL_CLUSTER -> view.initialCluster();
    };
  }
}
