package dev.requorum.ports.record;

import dev.requorum.ports.ClusterRef;
import java.util.Optional;

/** Where recovery records are kept, with optimistic locking. */
public interface RecoveryRecords {

  /**
   * A record and the version it was read at.
   *
   * @param version opaque; only good for {@link RecoveryRecords#store}
   */
  record Versioned(RecoveryRecord record, String version) {}

  /**
   * Reads the newest stored record, from the store itself and not from a cache that may lag behind;
   * {@link RecoveryRecord#empty()} where nothing was stored yet.
   *
   * @throws dev.requorum.ports.PortFailure where it cannot be read, or what is stored cannot be
   *     understood: nobody may go on as if nothing had been recorded. Also where the cluster does
   *     not exist.
   */
  Versioned load(ClusterRef cluster);

  /**
   * Stores the next record if nobody stored another since {@code version} was read.
   *
   * @return the stored record with its new version; empty where the update was lost: nothing was
   *     stored, and the caller observes again
   * @throws dev.requorum.ports.PortFailure where it cannot be told whether it was stored
   */
  Optional<Versioned> store(ClusterRef cluster, RecoveryRecord next, String version);
}
