package dev.requorum.e2e.world;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A node of the world. */
public final class WorldNode {
  private final String name;
  private final Network network;
  private final Function<NodeConnection, NodeServices> services;
  private final Supplier<KubernetesClient> connect;
  private Optional<NodeAgent> agent = Optional.empty();

  WorldNode(
      String name,
      Network network,
      Function<NodeConnection, NodeServices> services,
      Supplier<KubernetesClient> connect) {
    this.name = name;
    this.network = network;
    this.services = services;
    this.connect = connect;
  }

  public String name() {
    return name;
  }

  /** The node as a party to a cut. */
  public Party party() {
    return Party.node(name);
  }

  /**
   * The node loses its power: when this returns its processes are dead. The API server finds out
   * for itself.
   */
  public synchronized void kill() {
    agent.ifPresent(NodeAgent::kill);
    agent = Optional.empty();
  }

  /**
   * The node boots, and starts again those of its pods that the API server still has. Nothing
   * happens when it runs.
   */
  public synchronized void revive() {
    if (agent.isEmpty()) {
      agent = Optional.of(new NodeAgent(services.apply(new NodeConnection(connect))));
      agent.get().start();
    }
  }

  /**
   * Cuts the node, with its pods, off from everybody else: its processes go on, but nobody hears of
   * it.
   */
  public void cutOff() {
    network.cut(party(), Party.everybodyElse());
  }

  /** Mends what {@link #cutOff} did. */
  public void heal() {
    network.heal(party(), Party.everybodyElse());
  }
}
