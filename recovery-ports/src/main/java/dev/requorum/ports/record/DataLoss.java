package dev.requorum.ports.record;

import dev.requorum.ports.etcd.MemberId;
import java.time.Instant;
import java.util.Objects;

/**
 * The account of what a recovery kept and may have lost (S20). Written once for an incident.
 *
 * @param retainedRevision the newest revision that the survivor had
 * @param raftIndex the committed raft index that the survivor had
 * @param message for a human at 3 a.m.
 */
public record DataLoss(
    MemberId survivor, long retainedRevision, long raftIndex, Instant recoveredAt, String message) {

  public DataLoss {
    Objects.requireNonNull(survivor, "survivor");
    Objects.requireNonNull(recoveredAt, "recoveredAt");
    Objects.requireNonNull(message, "message");
  }
}
