package dev.requorum.core.quorum;

/** What is known of one voter. */
public enum Health {
  /** It answered, as itself. */
  UP,
  /** It did not answer, and Kubernetes says that it is gone or down. */
  MISSING,
  /** It did not answer, and may be alive and vote all the same. */
  UNKNOWN
}
