package dev.requorum.ports.record;

/** Why a voter does not answer, by Kubernetes' account. */
public enum Missing {
  /**
   * Its volume was deleted (and perhaps made again, empty), or the node it ran on is gone. It will
   * not come back with its data.
   */
  GONE,
  /** Its pod does not run, on a live node or on none; its volume is there. It may come back. */
  DOWN,
  /**
   * Its node does not report, or Kubernetes runs its pod: it may be alive on the other side of a
   * partition.
   */
  UNREACHABLE
}
