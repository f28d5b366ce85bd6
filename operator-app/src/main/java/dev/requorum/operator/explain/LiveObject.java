package dev.requorum.operator.explain;

import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/** An EtcdCluster as the API server has it. One request, {@code get}, is all that is asked. */
final class LiveObject {

  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

  private final KubernetesClient client;

  LiveObject(KubernetesClient client) {
    RequestConfig bounded =
        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
            .withRequestTimeout((int) REQUEST_LIMIT.toMillis())
            .withRequestRetryBackoffLimit(0)
            .build();
    this.client = client.newClient(bounded).adapt(KubernetesClient.class);
  }

  /**
   * The object as JSON, as it stands there.
   *
   * @param namespace empty for the one of the kubeconfig's current context
   */
  String json(Optional<String> namespace, String name) throws UnreadException {
    String where =
        namespace
            .or(() -> Optional.ofNullable(client.getConfiguration().getNamespace()))
            .orElse("default");
    String path =
        "/apis/%s/v1alpha1/namespaces/%s/etcdclusters/%s".formatted(EtcdCluster.GROUP, where, name);
    try {
      return client.raw(path, "GET", null);
    } catch (KubernetesClientException e) {
      throw new UnreadException(
          "EtcdCluster %s/%s cannot be read: %s".formatted(where, name, why(e, name)), e);
    }
  }

  private String why(KubernetesClientException e, String name) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          isAboutTheObject(e.getStatus(), name)
              ? "there is none of that name in that namespace"
              : "%s has no EtcdClusters; the CustomResourceDefinition etcdclusters.%s is not installed"
                  .formatted(client.getMasterUrl(), EtcdCluster.GROUP);
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "you may not: %s. The right to get etcdclusters is enough".formatted(said(e));
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "%s does not accept your credentials: %s".formatted(client.getMasterUrl(), said(e));
      default ->
          "%s cannot be reached: %s. Check KUBECONFIG and its current context"
              .formatted(client.getMasterUrl(), said(e));
    };
  }

  /** An API server that does not know the resource has nothing to say of an object. */
  private static boolean isAboutTheObject(Status status, String name) {
    return status != null
        && status.getDetails() != null
        && name.equals(status.getDetails().getName());
  }

  private static String said(KubernetesClientException e) {
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getStatus().getMessage();
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }
}
