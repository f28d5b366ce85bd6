package dev.requorum.core.model;

/** A part of Kubernetes' view that may be unreadable. */
public enum WorkloadPart {
  STATEFUL_SET,
  PODS,
  VOLUMES,
  NODES,
  INITIAL_CLUSTER
}
