package dev.requorum.core.quorum;

/** Whether a cluster has a quorum. */
public enum Verdict {
  /** A majority of the voters answers and follows one leader. */
  QUORATE,
  /** So many voters are gone or down that no leader can be elected. */
  LOST,
  /** Neither is certain. Never a reason to act, never a proof of health. */
  UNDETERMINED
}
