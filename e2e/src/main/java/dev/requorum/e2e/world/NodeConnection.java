package dev.requorum.e2e.world;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Supplier;

/**
 * A node's way to the API server. It can be renewed, since a connection that was cut may take as
 * long again to notice that it was healed.
 */
final class NodeConnection implements Supplier<KubernetesClient>, AutoCloseable {
  private final Supplier<KubernetesClient> connect;
  private KubernetesClient client;

  NodeConnection(Supplier<KubernetesClient> connect) {
    this.connect = connect;
    this.client = connect.get();
  }

  @Override
  public synchronized KubernetesClient get() {
    return client;
  }

  synchronized void renew() {
    client.close();
    client = connect.get();
  }

  @Override
  public synchronized void close() {
    client.close();
  }
}
