package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A member's disk can be made slow")
class SlowDiskTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern FAST =
      Pattern.compile("etcd_disk_wal_fsync_duration_seconds_bucket\\{le=\"0.256\"} (\\d+)");
  private static final Pattern ALL =
      Pattern.compile("etcd_disk_wal_fsync_duration_seconds_count (\\d+)");

  @Test
  @DisplayName("by etcd's own measure: no sync is as fast as the delay, until it is mended")
  void everySyncTakesItsTime() {
    assumeTrue(SlowDisk.isAvailable(), "SKIPPED: no strace, or it may not attach itself");
    EtcdSet set = EtcdSet.create(SharedWorld.get(), "slow-disk", 1);
    set.awaitReady(0);
    SlowDisk disk = set.pod(0).slowDisk(Duration.ofMillis(400)).orElseThrow();
    try {
      Await.until(
          "a sync takes longer than 256 ms",
          LIMIT,
          () -> slowSyncsAfterWrite(set) > 0,
          () -> "attached " + disk.isAttached());
      long fast = figure(set, FAST);
      set.pod(0).etcdctl("put", "slow", "1");
      assertThat(figure(set, FAST)).isEqualTo(fast);
      assertThat(disk.isAttached()).isTrue();
    } finally {
      disk.mend();
    }
    assertThat(disk.isAttached()).isFalse();
    long fast = figure(set, FAST);
    set.pod(0).etcdctl("put", "fast", "1");
    Await.until(
        "a sync is fast again",
        LIMIT,
        () -> {
          set.pod(0).etcdctl("put", "fast", "2");
          return figure(set, FAST) > fast;
        },
        () -> figure(set, FAST));
    set.delete();
  }

  private static long slowSyncsAfterWrite(EtcdSet set) {
    set.pod(0).etcdctl("put", "key", "1");
    return figure(set, ALL) - figure(set, FAST);
  }

  private static long figure(EtcdSet set, Pattern figure) {
    URI metrics = URI.create("http://%s:2379/metrics".formatted(set.pod(0).address()));
    try {
      String text =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      Matcher found = figure.matcher(text);
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    } catch (IOException e) {
      throw new IllegalStateException("no metrics of " + metrics, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
