package dev.requorum.ports.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.record.RecoveryRecords.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link RecoveryRecords} guarantees. */
@Tag("S06")
public abstract class RecoveryRecordsContract {

  private RecoveryRecords records;
  private ClusterRef cluster;

  /** The port under test; each call is another process with the same store. */
  protected abstract RecoveryRecords records();

  /** A new cluster about which nothing was stored yet. */
  protected abstract ClusterRef newCluster();

  /** Something about the cluster changes that is not its record. */
  protected abstract void touch(ClusterRef cluster);

  /** What is stored becomes something that cannot be understood. */
  protected abstract void spoil(ClusterRef cluster);

  static List<RecoveryRecord> samples() {
    return SampleRecords.all();
  }

  @BeforeEach
  void aClusterWithoutRecord() {
    records = records();
    cluster = newCluster();
  }

  @Test
  @DisplayName("Where nothing was stored yet, the record is empty")
  void emptyAtFirst() {
    assertThat(records.load(cluster).record()).isEqualTo(RecoveryRecord.empty());
  }

  @ParameterizedTest(name = "record {index}")
  @MethodSource("samples")
  @Tag("S07")
  @DisplayName("What was stored is read by a successor as it was")
  void successorReads(RecoveryRecord record) {
    Versioned stored = store(record);

    assertThat(stored.record()).isEqualTo(record);
    assertThat(records().load(cluster)).isEqualTo(stored);
  }

  @Test
  @DisplayName("The next record replaces the whole of the former: nothing of it is left over")
  void replaces() {
    for (RecoveryRecord record :
        List.of(SampleRecords.completed(), SampleRecords.detecting(), RecoveryRecord.empty())) {
      store(record);
      assertThat(records.load(cluster).record()).isEqualTo(record);
    }
  }

  @Test
  @DisplayName("The version that storing returned is good for storing again")
  void versionsChain() {
    Versioned first = store(SampleRecords.detecting());
    Optional<Versioned> second =
        records.store(cluster, SampleRecords.rebuilding(), first.version());

    assertThat(second).isPresent();
    assertThat(records.load(cluster)).isEqualTo(second.orElseThrow());
  }

  @Test
  @DisplayName("An update on an old version is lost, says so, and stores nothing")
  void lostUpdate() {
    Versioned seen = records.load(cluster);
    store(SampleRecords.rebuilding());

    assertThat(records.store(cluster, SampleRecords.detecting(), seen.version())).isEmpty();
    assertThat(records.load(cluster).record()).isEqualTo(SampleRecords.rebuilding());
  }

  @Test
  @DisplayName("A cluster that changed otherwise keeps its record")
  void touched() {
    store(SampleRecords.rebuilding());
    touch(cluster);

    assertThat(records.load(cluster).record()).isEqualTo(SampleRecords.rebuilding());
  }

  @Test
  @DisplayName("Of several writers on the same version exactly one wins")
  void oneWinner() throws InterruptedException, ExecutionException {
    String version = records.load(cluster).version();
    Callable<Boolean> write =
        () -> records().store(cluster, SampleRecords.detecting(), version).isPresent();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      int winners = 0;
      for (Future<Boolean> won : writers.invokeAll(List.of(write, write, write, write))) {
        winners += won.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  @DisplayName("A record that cannot be understood is a failure, never an empty record")
  void garbage() {
    store(SampleRecords.rebuilding());
    spoil(cluster);

    assertThatThrownBy(() -> records.load(cluster)).isInstanceOf(PortFailure.class);
  }

  @Test
  @DisplayName("A cluster that does not exist is a failure, and nothing is stored for it")
  void noCluster() {
    ClusterRef nowhere = new ClusterRef(cluster.namespace(), "nobody");

    assertThatThrownBy(() -> records.load(nowhere)).isInstanceOf(PortFailure.class);
    assertThatThrownBy(() -> records.store(nowhere, RecoveryRecord.empty(), "1"))
        .isInstanceOf(PortFailure.class);
  }

  private Versioned store(RecoveryRecord next) {
    return records.store(cluster, next, records.load(cluster).version()).orElseThrow();
  }
}
