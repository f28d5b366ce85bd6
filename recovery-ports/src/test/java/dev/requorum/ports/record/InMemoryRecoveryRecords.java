package dev.requorum.ports.record;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Records in memory, with versions that count up. For several threads. */
public final class InMemoryRecoveryRecords implements RecoveryRecords {

  private record Stored(Optional<RecoveryRecord> record, long version) {}

  private final Map<ClusterRef, Stored> stored = new HashMap<>();

  /** Makes a cluster about which nothing was stored yet. */
  public synchronized void create(ClusterRef cluster) {
    stored.put(cluster, new Stored(Optional.of(RecoveryRecord.empty()), 1));
  }

  /** Somebody else changes the cluster, though not its record. */
  public synchronized void touch(ClusterRef cluster) {
    Stored now = require(cluster);
    stored.put(cluster, new Stored(now.record(), now.version() + 1));
  }

  /** What is stored cannot be understood from now on. */
  public synchronized void spoil(ClusterRef cluster) {
    stored.put(cluster, new Stored(Optional.empty(), require(cluster).version() + 1));
  }

  @Override
  public synchronized Versioned load(ClusterRef cluster) {
    Stored now = require(cluster);
    RecoveryRecord record =
        now.record()
            .orElseThrow(() -> new PortFailure("read the record of " + cluster, "it is garbage"));
    return new Versioned(record, Long.toString(now.version()));
  }

  @Override
  public synchronized Optional<Versioned> store(
      ClusterRef cluster, RecoveryRecord next, String version) {
    Stored now = require(cluster);
    if (!Long.toString(now.version()).equals(version)) {
      return Optional.empty();
    }
    stored.put(cluster, new Stored(Optional.of(next), now.version() + 1));
    return Optional.of(load(cluster));
  }

  private Stored require(ClusterRef cluster) {
    return Optional.ofNullable(stored.get(cluster))
        .orElseThrow(() -> new PortFailure("reach " + cluster, "it does not exist"));
  }
}
