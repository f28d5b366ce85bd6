package dev.requorum.operator;

import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to hold before the operator can start, told apart so that a human sees what is wrong.
 */
final class Preflight {

  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();

  private final KubernetesClient client;
  private final OperatorConfig config;

  Preflight(KubernetesClient client, OperatorConfig config) {
    this.client = client;
    this.config = config;
  }

  /**
   * Warns, in the log, of what the operator can start without.
   *
   * @throws StartFailure where something does not hold
   */
  void check() {
    checkCopiesDir(config.copiesDir());
    if (config.namespaces().isEmpty()) {
      checkClusters(Optional.empty());
    } else {
      new TreeSet<>(config.namespaces()).forEach(name -> checkClusters(Optional.of(name)));
    }
    warnOfMissingNodes();
  }

  private static void checkCopiesDir(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.delete(Files.createTempFile(directory, "writable", ".partial"));
    } catch (IOException e) {
      throw new StartFailure(
          "COPIES_DIR: %s cannot be written to (%s). Copies of survivors' data are kept there;"
                  .formatted(directory, e)
              + " give it a volume, or name another directory.",
          e);
    }
  }

  private void checkClusters(Optional<String> namespace) {
    try {
      if (namespace.isPresent()) {
        client.resources(EtcdCluster.class).inNamespace(namespace.get()).list();
      } else {
        client.resources(EtcdCluster.class).inAnyNamespace().list();
      }
    } catch (KubernetesClientException e) {
      throw new StartFailure(explain(namespace, e), e);
    }
  }

  /** Without nodes clusters are looked after and grown; only a lost quorum is not recovered. */
  private void warnOfMissingNodes() {
    try {
      client.nodes().list(ONE);
    } catch (KubernetesClientException e) {
      LOG.warn(
          "nodes cannot be listed: {}. Clusters are looked after, but a lost quorum is not recovered"
              + " while that is so. Grant the right: kubectl apply -k deploy/base/nodes",
          cause(e));
    }
  }

  private String explain(Optional<String> namespace, KubernetesClientException e) {
    String where = namespace.map(name -> "namespace " + name).orElse("all namespaces");
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          "The CustomResourceDefinition etcdclusters.operator.etcd.io (v1alpha1) is not installed."
              + " Install it: kubectl apply -f deploy/base/crd/crd.yaml";
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          "The API server at %s does not let this operator list etcdclusters in %s: %s. Install its roles: kubectl apply -f deploy/install.yaml, or a namespace's: see deploy/namespaced"
              .formatted(client.getMasterUrl(), where, cause(e));
      default ->
          "The API server at %s cannot be reached: %s. Check KUBECONFIG, or the service account that this pod runs under."
              .formatted(client.getMasterUrl(), cause(e));
    };
  }

  private static String cause(KubernetesClientException e) {
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getStatus().getMessage();
    }
    return rootCause(e);
  }

  static String rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }
}
