package dev.requorum.ports.record;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The account of what a recovery kept and may have lost (S20). Written once for an incident.
 *
 * @param survivor the survivor's member id before the rebuild
 * @param retainedRevision the newest revision that the survivor had, counted as before the rebuild;
 *     where it could not be asked before, the newest that it is proven to have had
 * @param raftIndex the committed raft index that the survivor had; 0 where it could not be asked
 * @param lastSeen every voter as it was last seen before the loss, sorted by name
 * @param clusterBefore empty where it was never seen
 * @param clusterAfter another than before exactly where a restore made a new cluster
 * @param revisionBump by how much revisions were raised: what had revision r has r still, and the
 *     next write is at least that much later
 * @param original where the survivor's data is as it was before the rebuild
 * @param message for a human at 3 a.m.
 */
public record DataLoss(
    MemberId survivor,
    long retainedRevision,
    long raftIndex,
    Instant recoveredAt,
    LossBounds lostRevisions,
    List<LastSeen> lastSeen,
    Optional<ClusterId> clusterBefore,
    Optional<ClusterId> clusterAfter,
    long revisionBump,
    Optional<String> original,
    String message) {

  /** Of which nothing is known but what the survivor had. */
  public DataLoss(
      MemberId survivor,
      long retainedRevision,
      long raftIndex,
      Instant recoveredAt,
      String message) {
    this(
        survivor,
        retainedRevision,
        raftIndex,
        recoveredAt,
        new LossBounds(0, OptionalLong.empty()),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        message);
  }

  public DataLoss {
    Objects.requireNonNull(survivor, "survivor");
    Objects.requireNonNull(recoveredAt, "recoveredAt");
    Objects.requireNonNull(lostRevisions, "lostRevisions");
    lastSeen = List.copyOf(lastSeen);
    Objects.requireNonNull(clusterBefore, "clusterBefore");
    Objects.requireNonNull(clusterAfter, "clusterAfter");
    Objects.requireNonNull(original, "original");
    Objects.requireNonNull(message, "message");
  }
}
