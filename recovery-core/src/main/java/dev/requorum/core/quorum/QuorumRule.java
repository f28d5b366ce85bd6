package dev.requorum.core.quorum;

import java.util.Collection;

/** The arithmetic of a majority, with unknowns. */
public final class QuorumRule {

  private QuorumRule() {}

  /** How many of so many voters are a majority. */
  public static int majority(int voters) {
    return voters / 2 + 1;
  }

  /**
   * True where no majority can exist, whatever the unknown ones turn out to be. False for no voters
   * at all: nothing is known then.
   */
  public static boolean majorityImpossible(Collection<Health> voters) {
    long missing = voters.stream().filter(health -> health == Health.MISSING).count();
    return !voters.isEmpty() && voters.size() - missing < majority(voters.size());
  }

  /** True where a majority is up, whatever the unknown ones turn out to be. */
  public static boolean majorityUp(Collection<Health> voters) {
    long up = voters.stream().filter(health -> health == Health.UP).count();
    return up >= majority(voters.size());
  }
}
