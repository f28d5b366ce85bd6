package dev.requorum.core.sim;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import java.util.Optional;

/** The stored record, with optimistic locking; every one that is stored is audited. */
final class Records implements RecoveryRecords {

  private final World world;
  private final Auditor auditor;
  private RecoveryRecord newest = RecoveryRecord.empty();
  private int version;

  Records(World world) {
    this.world = world;
    this.auditor = new Auditor(world);
  }

  RecoveryRecord newest() {
    return newest;
  }

  @Override
  public Versioned load(ClusterRef cluster) {
    return new Versioned(newest, Integer.toString(version));
  }

  @Override
  public Optional<Versioned> store(ClusterRef cluster, RecoveryRecord next, String seen) {
    if (!seen.equals(Integer.toString(version))) {
      world.coverage.count("lost updates of the record");
      world.narrator.detail("the record is another one by now: nothing is stored");
      return Optional.empty();
    }
    auditor.stored(newest, next);
    newest = next;
    version++;
    return Optional.of(new Versioned(next, Integer.toString(version)));
  }
}
