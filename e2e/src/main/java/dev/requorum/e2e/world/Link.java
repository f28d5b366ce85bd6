package dev.requorum.e2e.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A host's line to the router, which can be made slow where the kernel has the token bucket filter
 * (tc comes with iproute2).
 *
 * @param host its name on the world's network, where the line is called eth0
 * @param router the router's end
 */
public record Link(String host, String router) {
  /** What can be sent at once, in bytes: one full packet and a bit. */
  private static final int BURST = 2_000;

  /** What waits for longer is dropped. */
  private static final String LONGEST_WAIT = "3s";

  /** Whether this machine can make lines slow. */
  public static boolean canBeSlow() {
    try {
      Command.run(
          "unshare",
          "-n",
          "sh",
          "-c",
          "tc qdisc add dev lo root tbf rate 1mbit burst 2000 latency 1s");
      return true;
    } catch (WorldException unknown) {
      return false;
    }
  }

  /**
   * Lets so many kilobits pass in a second, each way; the others wait in line.
   *
   * @throws WorldException where this machine cannot do that
   */
  public void slow(int kilobits) {
    List<String> bucket =
        List.of(
            "root tbf rate %dkbit burst %d latency %s"
                .formatted(kilobits, BURST, LONGEST_WAIT)
                .split(" "));
    tc("replace", bucket);
  }

  /** Lets all pass again. Nothing happens where the line is gone. */
  public void mend() {
    try {
      tc("del", List.of("root"));
    } catch (WorldException gone) {
      // A host's line goes with it.
    }
  }

  /** What was sent and what waits, as tc tells it of the router's end. */
  public String statistics() {
    return Command.run("tc", "-s", "qdisc", "show", "dev", router);
  }

  private void tc(String verb, List<String> more) {
    run(List.of("tc"), router, verb, more);
    run(List.of("tc", "-n", host), "eth0", verb, more);
  }

  private static void run(List<String> tc, String device, String verb, List<String> more) {
    List<String> command = new ArrayList<>(tc);
    command.addAll(List.of("qdisc", verb, "dev", device));
    command.addAll(more);
    Command.run("", command);
  }
}
