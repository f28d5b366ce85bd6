package dev.requorum.e2e.safety;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Records of which others are told something else than was stored, or keep something else than they
 * were given.
 *
 * @param told what is made of a record that was read
 * @param kept what is made of a record that is to be stored
 */
record RewrittenRecords(
    RecoveryRecords real, UnaryOperator<RecoveryRecord> told, UnaryOperator<RecoveryRecord> kept)
    implements RecoveryRecords {

  @Override
  public Versioned load(ClusterRef cluster) {
    Versioned stored = real.load(cluster);
    return new Versioned(told.apply(stored.record()), stored.version());
  }

  @Override
  public Optional<Versioned> store(ClusterRef cluster, RecoveryRecord next, String version) {
    return real.store(cluster, kept.apply(next), version);
  }
}
