package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.options.WatchOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("A client that watches while its cluster is lost and restored")
class WatchAcrossRestoreTest {

  @RegisterExtension static final Stage STAGE = Stage.named("watch");

  private static final String KEY = "watched";

  @Test
  @DisplayName(
      "is told that what it waits for was compacted: it has to read anew, and misses nothing in silence (S23)")
  @Tag("S23")
  void isTold() {
    TestCluster cluster = STAGE.healthyCluster("watched", 3);
    int survivor = 1;
    Map<String, String> keys = Stage.writeSixKeys(cluster, survivor);
    String claim = cluster.claimUid(survivor);
    long revision = cluster.memberStatus(survivor).revision();
    List<String> seen = new CopyOnWriteArrayList<>();
    List<Throwable> errors = new CopyOnWriteArrayList<>();
    try (Client client = client(cluster);
        Watch.Watcher watcher = watch(client, revision + 1, seen, errors)) {
      cluster.put(survivor, KEY, "before");
      Await.until(
          "the client sees a write", Stage.LIMIT, () -> seen.contains("before"), () -> errors);
      try (HeldDown held = HeldDown.of(cluster, List.of(0, 2))) {
        held.awaitRebuilding(Stage.LIMIT);
      }
      cluster.awaitPhase(Stage.LIMIT, "Completed");
      cluster.awaitHealthy(3, Stage.LIMIT);
      cluster.put(survivor, KEY, "after");
      Await.until(
          "the client is told that its revision is compacted",
          Stage.LIMIT,
          () -> errors.stream().anyMatch(CompactedException.class::isInstance),
          () -> "seen %s, errors %s".formatted(seen, errors));
      assertThat(seen).containsExactly("before");
      assertThat(watcher).isNotNull();
    }
    assertThat(cluster.recovery().plan.strategy).isEqualTo("Restore");
    RecoveryAssertions.assertRecovered(cluster, survivor, 3, keys, claim);
  }

  private static Client client(TestCluster cluster) {
    List<String> endpoints =
        TestCluster.ordinals(3).stream()
            .map(o -> STAGE.world().pod(STAGE.namespace(), cluster.pod(o)).address())
            .map("http://%s:2379"::formatted)
            .toList();
    return Client.builder().endpoints(endpoints.toArray(String[]::new)).build();
  }

  private static Watch.Watcher watch(
      Client client, long revision, List<String> seen, List<Throwable> errors) {
    WatchOption from = WatchOption.builder().withRevision(revision).build();
    return client
        .getWatchClient()
        .watch(
            ByteSequence.from(KEY, StandardCharsets.UTF_8),
            from,
            Watch.listener(
                response ->
                    response
                        .getEvents()
                        .forEach(event -> seen.add(event.getKeyValue().getValue().toString())),
                errors::add));
  }
}
