package dev.requorum.e2e.world;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a world is to be.
 *
 * @param binaries what it runs
 * @param nodes how many nodes, 1 to 50
 * @param nodeGracePeriod after how long without a sign of life a node is no longer Ready; whole
 *     seconds, at least 3
 * @param initialBackOff the wait before the second restart of a container, doubled for each further
 *     one; a kubelet has 10 s
 * @param maximalBackOff the longest wait before a restart; a kubelet has 5 min
 * @param logDirectory takes the logs of all processes; within the world's own memory they are gone
 *     with it
 */
public record WorldOptions(
    Binaries binaries,
    int nodes,
    Duration nodeGracePeriod,
    Duration initialBackOff,
    Duration maximalBackOff,
    Path logDirectory) {

  public WorldOptions {
    Objects.requireNonNull(binaries, "binaries");
    Objects.requireNonNull(logDirectory, "logDirectory");
    if (nodes < 1 || nodes > 50) {
      throw new IllegalArgumentException("nodes must be 1 to 50, not " + nodes);
    }
    if (nodeGracePeriod.toSeconds() < 3) {
      throw new IllegalArgumentException(
          "nodeGracePeriod must be at least 3 s, not " + nodeGracePeriod);
    }
    if (initialBackOff.isNegative() || initialBackOff.compareTo(maximalBackOff) > 0) {
      throw new IllegalArgumentException(
          "initialBackOff must be between 0 and maximalBackOff (%s), not %s"
              .formatted(maximalBackOff, initialBackOff));
    }
  }

  /**
   * Three nodes that are called dead after 5 s, a kubelet's back-off, the binaries of the
   * environment.
   */
  public static WorldOptions defaults() {
    return new WorldOptions(
        Binaries.fromEnvironment(),
        3,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        logDirectoryFromEnvironment());
  }

  /** The same with that back-off. */
  public WorldOptions withBackOff(Duration initial, Duration maximal) {
    return new WorldOptions(binaries, nodes, nodeGracePeriod, initial, maximal, logDirectory);
  }

  /** The same with that many nodes. */
  public WorldOptions withNodes(int number) {
    return new WorldOptions(
        binaries, number, nodeGracePeriod, initialBackOff, maximalBackOff, logDirectory);
  }

  private static Path logDirectoryFromEnvironment() {
    String directory = System.getenv("REQUORUM_WORLD_LOGS");
    return directory == null || directory.isBlank()
        ? Layout.LOGS
        : Path.of(directory).toAbsolutePath();
  }
}
