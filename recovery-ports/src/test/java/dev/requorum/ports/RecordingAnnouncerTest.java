package dev.requorum.ports;

import java.util.List;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Announcements in memory")
class RecordingAnnouncerTest extends AnnouncerContract {

  private final RecordingAnnouncer announcer = new RecordingAnnouncer();
  private int clusters;

  @Override
  protected Announcer announcer() {
    return announcer;
  }

  @Override
  protected ClusterRef newCluster() {
    return new ClusterRef("test", "c" + ++clusters);
  }

  @Override
  protected List<Seen> seen(ClusterRef cluster) {
    return announcer.made(cluster).stream()
        .map(a -> new Seen(a.warning(), a.reason().word(), a.message()))
        .toList();
  }
}
