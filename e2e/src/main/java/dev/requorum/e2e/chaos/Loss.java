package dev.requorum.e2e.chaos;

import dev.requorum.fabric8.status.IncidentStatus;
import dev.requorum.ports.record.Survivor;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the operator reported of one incident's loss.
 *
 * @param retained the newest revision that was kept, counted as before the rebuild
 * @param exactly nothing later was kept; false where the survivor could not be asked before, so
 *     that more of what it had may be there
 * @param atLeast so many revisions are lost for certain
 * @param atMost more are not lost; empty where the operator says that nobody can know
 * @param lostAt when the incident was first seen, by the clients' clock; what is acknowledged after
 *     it is of the cluster that was rebuilt
 * @param seenAt when the report was first seen, by the same clock: what was tried after it was not
 *     lost to this incident
 */
record Loss(
    String incident,
    String clusterBefore,
    String clusterAfter,
    long retained,
    boolean exactly,
    long atLeast,
    OptionalLong atMost,
    Instant lostAt,
    Instant seenAt) {

  Loss {
    Objects.requireNonNull(incident, "incident");
    Objects.requireNonNull(clusterBefore, "clusterBefore");
    Objects.requireNonNull(clusterAfter, "clusterAfter");
    Objects.requireNonNull(atMost, "atMost");
    Objects.requireNonNull(lostAt, "lostAt");
    Objects.requireNonNull(seenAt, "seenAt");
  }

  /**
   * @param status of an incident that has an account of its loss
   */
  static Loss of(IncidentStatus status, Instant lostAt, Instant seenAt) {
    return new Loss(
        status.id,
        status.dataLoss.clusterIdBefore,
        status.dataLoss.clusterIdAfter,
        status.dataLoss.retainedRevision,
        !Survivor.Basis.LAST_SEEN.word().equals(status.survivor.basis),
        status.dataLoss.lostRevisionsAtLeast == null ? 0 : status.dataLoss.lostRevisionsAtLeast,
        status.dataLoss.lostRevisionsAtMost == null
            ? OptionalLong.empty()
            : OptionalLong.of(status.dataLoss.lostRevisionsAtMost),
        lostAt,
        seenAt);
  }

  /** Whether a write that was promised may be gone through this incident. */
  boolean covers(Attempt attempt) {
    return isBefore(attempt) && attempt.accepted().orElseThrow().revision() > retained;
  }

  /** Whether the write was promised by the cluster as it was before this incident. */
  boolean isBefore(Attempt attempt) {
    return attempt.accepted().isPresent()
        && attempt.accepted().get().clusterId().equals(clusterBefore)
        && (changedTheCluster() || attempt.begun().isBefore(lostAt));
  }

  /** Whether the ids of the clusters tell the writes before it from those after it. */
  boolean changedTheCluster() {
    return !clusterBefore.equals(clusterAfter);
  }
}
