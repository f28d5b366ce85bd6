package dev.requorum.ports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Remembers what was announced; each key once for each cluster. */
public final class RecordingAnnouncer implements Announcer {

  private record Key(ClusterRef cluster, String key) {}

  private record Made(ClusterRef cluster, Announcement announcement) {}

  private final Set<Key> keys = new HashSet<>();
  private final List<Made> made = new ArrayList<>();

  @Override
  public void announce(ClusterRef cluster, Announcement announcement) {
    if (keys.add(new Key(cluster, announcement.key()))) {
      made.add(new Made(cluster, announcement));
    }
  }

  /** What was announced about this cluster, in order. */
  public List<Announcement> made(ClusterRef cluster) {
    return made.stream().filter(m -> m.cluster().equals(cluster)).map(Made::announcement).toList();
  }
}
