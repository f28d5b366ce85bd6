package dev.requorum.ports.record;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a recovery is going to do, or did, and upon which evidence.
 *
 * @param why why this strategy, where it is another than the one that was asked for; else empty
 * @param revisionBump by how much a restore raises the revision; 0 where nothing is restored
 * @param passedOver members with later data that were waited for in vain
 * @param databaseBytes how large the survivor's database is, by its own account; empty where that
 *     is not known, as in records of before it was kept
 * @param hash of the plan and of the evidence that it rests upon: 16 hexadecimal digits. Whoever
 *     approves a plan names it, so that no other plan is carried out
 */
public record RecoveryPlan(
    Strategy strategy,
    String why,
    Survivor survivor,
    long revisionBump,
    List<PassedOver> passedOver,
    OptionalLong databaseBytes,
    String hash) {

  /** Where nobody knows how large the survivor's database is. */
  public RecoveryPlan(
      Strategy strategy,
      String why,
      Survivor survivor,
      long revisionBump,
      List<PassedOver> passedOver,
      String hash) {
    this(strategy, why, survivor, revisionBump, passedOver, OptionalLong.empty(), hash);
  }

  public RecoveryPlan {
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(survivor, "survivor");
    passedOver = List.copyOf(passedOver);
    Objects.requireNonNull(databaseBytes, "databaseBytes");
    Objects.requireNonNull(hash, "hash");
    if (revisionBump < 0) {
      throw new IllegalArgumentException("revisionBump must be 0 or more, not " + revisionBump);
    }
  }
}
