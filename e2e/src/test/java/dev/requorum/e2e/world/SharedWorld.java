package dev.requorum.e2e.world;

import java.time.Duration;

/** The one world of the tests' JVM, started at its first use. It ends with the JVM. */
public final class SharedWorld {
  private static final class Holder {
    static final World WORLD =
        World.start(
            WorldOptions.defaults().withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(4)));
  }

  private SharedWorld() {}

  /**
   * The world: three nodes, back-off from 1 s to 4 s. Tests keep apart by using a Kubernetes
   * namespace each.
   */
  public static World get() {
    return Holder.WORLD;
  }
}
