package dev.requorum.e2e.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a demo run found: {@code target/demo/report.json}.
 *
 * @param verdict {@link #RECOVERED} or {@link #FAILED}
 * @param survivor the survivor's pod
 * @param writesBackMs from the window's expiry to the first accepted write, milliseconds
 * @param threeVotersMs from the window's expiry to three voters, milliseconds
 * @param survivorRevision the revision that the survivor retained
 * @param revisionBump by how much it was raised
 * @param keysBefore how many keys were written before the loss
 * @param keysAfter how many of them each member has after it
 * @param clusterIdBefore the id of the cluster that lost its quorum
 * @param clusterIds those that the members name after it
 * @param forceFlagLeft whether --force-new-cluster or its annotation is still somewhere
 * @param message the account of the loss, as in the cluster's status
 */
public record Report(
    String verdict,
    String etcdVersion,
    String survivor,
    List<PhaseEntry> phases,
    long writesBackMs,
    long threeVotersMs,
    int attempts,
    long survivorRevision,
    long revisionBump,
    int keysBefore,
    Map<String, Integer> keysAfter,
    String clusterIdBefore,
    Set<String> clusterIds,
    boolean forceFlagLeft,
    String message) {

  /** Every assertion holds. */
  public static final String RECOVERED = "RECOVERED";

  /** Some assertion does not hold. */
  public static final String FAILED = "FAILED";

  /**
   * One transition of the recovery.
   *
   * @param at RFC 3339
   */
  public record PhaseEntry(String phase, String at, String reason) {}
}
