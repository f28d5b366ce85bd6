package dev.requorum.ports.kubernetes;

/** Where the members of a cluster keep their data. */
public enum Storage {
  /** A claim for each member, which outlives its pod. */
  CLAIM_PER_MEMBER,
  /** One claim for all members, a directory each. */
  SHARED_CLAIM,
  /** In the pod: a deleted pod's data is gone. */
  EPHEMERAL
}
