package dev.requorum.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Announcer} guarantees. */
@Tag("S09")
public abstract class AnnouncerContract {

  private static final Instant AT = Instant.parse("2026-01-31T12:00:00.5Z");

  /**
   * What people see.
   *
   * @param reason the word
   */
  public record Seen(boolean warning, String reason, String message) {}

  private ClusterRef cluster;

  /** The port under test; each call is another process. */
  protected abstract Announcer announcer();

  /** A new cluster about which nothing was announced yet. */
  protected abstract ClusterRef newCluster();

  /** What people see of this cluster. */
  protected abstract List<Seen> seen(ClusterRef cluster);

  @BeforeEach
  void aCluster() {
    cluster = newCluster();
  }

  @Test
  @DisplayName("What is announced is seen: type, reason and message")
  void isSeen() {
    announcer().announce(cluster, started("i1-started", "writes may be lost"));
    announcer()
        .announce(
            cluster,
            new Announcement("i1-loss", true, Reason.POSSIBLE_DATA_LOSS, "at least 1 write", AT));

    assertThat(seen(cluster))
        .containsExactlyInAnyOrder(
            new Seen(false, "RecoveryStarted", "writes may be lost"),
            new Seen(true, "PossibleDataLoss", "at least 1 write"));
  }

  @Test
  @Tag("S06")
  @DisplayName("Announced twice, by one process or by two, it is seen once")
  void once() {
    Announcer announcer = announcer();
    announcer.announce(cluster, started("i1-started", "first"));
    announcer.announce(cluster, started("i1-started", "again"));
    announcer().announce(cluster, started("i1-started", "by a successor"));

    assertThat(seen(cluster)).extracting(Seen::message).containsExactly("first");
  }

  @Test
  @DisplayName("Another key, and another cluster's same key, are announcements of their own")
  void others() {
    ClusterRef other = newCluster();
    Announcer announcer = announcer();

    announcer.announce(cluster, started("i1-started", "one"));
    announcer.announce(cluster, started("i2-started", "two"));
    announcer.announce(other, started("i1-started", "three"));

    assertThat(seen(cluster)).extracting(Seen::message).containsExactlyInAnyOrder("one", "two");
    assertThat(seen(other)).extracting(Seen::message).containsExactly("three");
  }

  private static Announcement started(String key, String message) {
    return new Announcement(key, false, Reason.RECOVERY_STARTED, message, AT);
  }
}
