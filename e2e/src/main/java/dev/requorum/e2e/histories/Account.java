package dev.requorum.e2e.histories;

import dev.requorum.fabric8.status.DataLossStatus;
import dev.requorum.fabric8.status.RecoveryStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a recovery says of the loss, as far as a history can be held against it.
 *
 * @param lostAtMost empty where nobody can know
 * @param membersBefore the ids of all members before the loss
 * @param survivor its id before the loss
 * @param detectedAt when the loss was first seen
 * @param committedAt when the rebuild was committed to
 */
record Account(
    long retainedRevision,
    long lostAtLeast,
    Optional<Long> lostAtMost,
    long bump,
    String clusterBefore,
    String clusterAfter,
    List<String> membersBefore,
    String survivor,
    Instant detectedAt,
    Instant committedAt) {

  Account {
    Objects.requireNonNull(clusterBefore, "clusterBefore");
    Objects.requireNonNull(clusterAfter, "clusterAfter");
    Objects.requireNonNull(survivor, "survivor");
    Objects.requireNonNull(detectedAt, "detectedAt");
    Objects.requireNonNull(committedAt, "committedAt");
    membersBefore = List.copyOf(membersBefore);
  }

  /**
   * As a recovery's status has it.
   *
   * @throws NullPointerException where that says nothing of a loss
   */
  static Account of(RecoveryStatus recovery) {
    DataLossStatus loss = Objects.requireNonNull(recovery.dataLoss, "status.recovery.dataLoss");
    return new Account(
        loss.retainedRevision,
        loss.lostRevisionsAtLeast,
        Optional.ofNullable(loss.lostRevisionsAtMost),
        Optional.ofNullable(loss.revisionBump).orElse(0L),
        loss.clusterIdBefore,
        loss.clusterIdAfter,
        loss.lastSeen.stream().map(seen -> seen.memberId).toList(),
        loss.memberId,
        Instant.parse(recovery.detectedAt),
        Instant.parse(recovery.startedAt));
  }
}
