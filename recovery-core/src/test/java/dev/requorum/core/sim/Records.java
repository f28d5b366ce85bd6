package dev.requorum.core.sim;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The stored record, with optimistic locking; every one that is stored is audited. */
final class Records implements RecoveryRecords {

  private final World world;
  private final Auditor auditor;
  private RecoveryRecord newest = RecoveryRecord.empty();
  private final Set<String> incidents = new TreeSet<>();
  private int version;

  Records(World world) {
    this.world = world;
    this.auditor = new Auditor(world);
  }

  RecoveryRecord newest() {
    return newest;
  }

  /** Whether any record that was stored had the incident that this announcement is about. */
  boolean everHad(String announcement) {
    return incidents.stream().anyMatch(id -> announcement.startsWith(id + "-"));
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
    next.incident().map(Incident::id).ifPresent(incidents::add);
    version++;
    return Optional.of(new Versioned(next, Integer.toString(version)));
  }
}
