package dev.requorum.fabric8;

import dev.requorum.ports.PortFailure;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The API server, as all ports of this adapter call it: each request bounded in time and sent once
 * (whoever decides looks again anyway), each failure translated in this one place.
 */
final class ApiServer {

  /** How long one request may take; the client allows itself as much again to notice. */
  static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

  private final KubernetesClient client;

  ApiServer(KubernetesClient client) {
    RequestConfig bounded =
        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
            .withRequestTimeout((int) REQUEST_LIMIT.toMillis())
            .withRequestRetryBackoffLimit(0)
            .build();
    this.client = client.newClient(bounded).adapt(KubernetesClient.class);
  }

  KubernetesClient client() {
    return client;
  }

  /**
   * @param what the call in words, for the failure's message
   * @throws PortFailure where the request failed
   */
  <T> T call(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      throw failure(what, e);
    }
  }

  /** The same; empty where the object was changed, made or deleted by somebody else meanwhile. */
  <T> Optional<T> unlessOvertaken(String what, Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      throw failure(what, e);
    }
  }

  /** What became of a deletion. */
  enum Deletion {
    DELETED,
    NOT_THERE,
    ANOTHER_OBJECT
  }

  /** Deletes exactly the object of this uid, with its default grace period. */
  Deletion delete(String what, String path, String uid) {
    DeleteOptions options =
        new DeleteOptionsBuilder().withNewPreconditions().withUid(uid).endPreconditions().build();
    try {
      client.raw(path, "DELETE", options);
      return Deletion.DELETED;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Deletion.NOT_THERE;
      }
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return Deletion.ANOTHER_OBJECT;
      }
      throw failure(what, e);
    }
  }

  private static PortFailure failure(String what, KubernetesClientException e) {
    PortFailure failure = new PortFailure(what, ApiFailure.inWords(e));
    failure.initCause(e);
    return failure;
  }
}
