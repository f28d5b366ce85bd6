package dev.requorum.ports.record;

import dev.requorum.ports.ClusterRef;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Recovery records in memory")
class InMemoryRecoveryRecordsTest extends RecoveryRecordsContract {

  private final InMemoryRecoveryRecords store = new InMemoryRecoveryRecords();

  @Override
  protected RecoveryRecords records() {
    return store;
  }

  @Override
  protected ClusterRef newCluster() {
    ClusterRef cluster = new ClusterRef("test", "demo");
    store.create(cluster);
    return cluster;
  }

  @Override
  protected void touch(ClusterRef cluster) {
    store.touch(cluster);
  }

  @Override
  protected void spoil(ClusterRef cluster) {
    store.spoil(cluster);
  }
}
