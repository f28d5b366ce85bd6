package dev.requorum.e2e.world;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A program that makes itself at home in a world, with a process and a file, and stays. */
final class NestedWorld {
  private NestedWorld() {}

  /** The argument is the name by which its process can be told from all others. */
  public static void main(String[] arguments) throws InterruptedException {
    Network network = new Network();
    network.add("here", "10.9.0.9", Set.of());
    WorldProcess.start(
        List.of("sh", "-c", "while :; do sleep 1; done", arguments[0]),
        Map.of("PATH", System.getenv("PATH")),
        Layout.LOGS.resolve("marked.log"));
    System.out.println("at home");
    Thread.currentThread().join();
  }
}
