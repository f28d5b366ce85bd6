package dev.requorum.core.model;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All records that were ever stored, the newest last; its number is its version. */
final class SimulatedRecords implements RecoveryRecords {

  private final List<RecoveryRecord> stored = new ArrayList<>(List.of(RecoveryRecord.empty()));

  @Override
  public Versioned load(ClusterRef cluster) {
    return new Versioned(newest(), version());
  }

  @Override
  public Optional<Versioned> store(ClusterRef cluster, RecoveryRecord next, String version) {
    if (!version.equals(version())) {
      return Optional.empty();
    }
    stored.add(next);
    return Optional.of(new Versioned(next, version()));
  }

  RecoveryRecord newest() {
    return stored.get(stored.size() - 1);
  }

  List<RecoveryRecord> all() {
    return List.copyOf(stored);
  }

  private String version() {
    return Integer.toString(stored.size());
  }
}
