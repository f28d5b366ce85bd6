package dev.requorum.e2e.world;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A node's way to the API server. It can be renewed, since a connection that was cut may take as
 * long again to notice that it was healed.
 */
final class NodeConnection implements AutoCloseable {
  private final Supplier<KubernetesClient> connect;
  private KubernetesClient client;
  private boolean closed;

  NodeConnection(Supplier<KubernetesClient> connect) {
    this.connect = connect;
    this.client = connect.get();
  }

  /**
   * Makes a request.
   *
   * @throws KubernetesClientException when it fails, also because the connection was renewed or
   *     closed meanwhile
   */
  <T> T ask(Function<KubernetesClient, T> request) {
    KubernetesClient used = current();
    try {
      return request.apply(used);
    } catch (IllegalStateException | RejectedExecutionException e) {
      if (isCurrent(used)) {
        throw e;
      }
      throw new KubernetesClientException("the connection was given up", e);
    }
  }

  private synchronized KubernetesClient current() {
    return client;
  }

  private synchronized boolean isCurrent(KubernetesClient used) {
    return used == client && !closed;
  }

  /** Gives up the connection, with the requests that are under way, for a new one. */
  synchronized void renew() {
    KubernetesClient old = client;
    client = connect.get();
    old.close();
  }

  @Override
  public synchronized void close() {
    closed = true;
    client.close();
  }
}
