package dev.requorum.e2e.chaos;

import dev.requorum.e2e.world.Link;
import dev.requorum.e2e.world.SlowDisk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What makes members slow rather than dead. */
final class SlowFaults {

  /** Three members' heartbeats take most of it. */
  private static final int KILOBITS = 48;

  /** Of the order of an election timeout: a leader's own disk is slow enough to matter. */
  private static final Duration SYNC_DELAY = Duration.ofMillis(400);

  private SlowFaults() {}

  /** Hardly anything passes on their lines, each way, until lifted. */
  static Lift slowLines(Arena arena, List<Integer> members) {
    List<Link> lines =
        members.stream()
            .flatMap(member -> arena.world().links(arena.pod(member).party()).stream())
            .toList();
    return Lift.after(
        () -> lines.forEach(line -> line.slow(KILOBITS)), () -> lines.forEach(Link::mend));
  }

  /** Each sync of their disks takes its time until lifted, or until their processes end. */
  static Lift slowDisks(Arena arena, List<Integer> members) {
    List<SlowDisk> disks =
        members.stream()
            .map(member -> arena.pod(member).slowDisk(SYNC_DELAY))
            .flatMap(Optional::stream)
            .toList();
    return Lift.ofAll(disks.stream().<Lift>map(disk -> disk::mend).toList());
  }
}
