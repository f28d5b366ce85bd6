package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cluster that {@code $KUBECONFIG} names as a site. One operator, installed from {@code
 * deploy/install.yaml}, serves all namespaces and stays there afterwards.
 */
public final class ClusterSite implements Site {

  private static final String PREFIX = "requorum-e2e-";
  private static final String CONTAINER = "etcd";
  private static final String RELEASED = "requorum.dev/e2e-released-at";
  private static final int OLDEST_MINOR = 31;
  private static final Duration TO_BE_GONE = Duration.ofSeconds(120);

  private final KubernetesClient client;
  private final InstalledOperator operator;
  private final HeldPods held;
  private final EventAuthors authors;

  private ClusterSite(
      KubernetesClient client, InstalledOperator operator, HeldPods held, EventAuthors authors) {
    this.client = client;
    this.operator = operator;
    this.held = held;
    this.authors = authors;
  }

  /**
   * Installs the operator, as a user would, and waits until it serves. Prints which cluster that is
   * before anything is changed there. Where this fails, only the operator stays.
   *
   * @throws IllegalStateException where {@code $KUBECONFIG} is not set or its cluster does not
   *     answer or is too old, or the operator's image is not to be had there, or somebody else's
   *     installation or etcd clusters are there
   */
  public static ClusterSite open() {
    String kubeconfig = Optional.ofNullable(System.getenv("KUBECONFIG")).orElse("");
    if (kubeconfig.isBlank()) {
      throw new IllegalStateException("KUBECONFIG must name the kubeconfig of the cluster to use");
    }
    KubernetesClient client =
        new KubernetesClientBuilder().withConfig(Config.autoConfigure(null)).build();
    try {
      requireVersion(client, kubeconfig);
      return with(client, InstalledOperator.install(client), new HeldPods(client));
    } catch (RuntimeException | AssertionError failure) {
      client.close();
      throw failure;
    }
  }

  private static ClusterSite with(
      KubernetesClient client, InstalledOperator operator, HeldPods held) {
    String user =
        "'system:serviceaccount:%s:%s'"
            .formatted(OperatorDeployment.NAMESPACE, OperatorDeployment.NAME);
    try {
      return new ClusterSite(client, operator, held, new EventAuthors(client, user));
    } catch (RuntimeException | AssertionError failure) {
      held.close();
      throw failure;
    }
  }

  private static void requireVersion(KubernetesClient client, String kubeconfig) {
    VersionInfo version;
    try {
      version = client.getKubernetesVersion();
    } catch (KubernetesClientException e) {
      throw new IllegalStateException(
          "the cluster that KUBECONFIG (%s) names does not answer: %s"
              .formatted(kubeconfig, e.getMessage()),
          e);
    }
    System.out.printf(
        "cluster: %s, Kubernetes %s%n", client.getMasterUrl(), version.getGitVersion());
    int minor = Integer.parseInt(version.getMinor().replaceAll("[^0-9].*", ""));
    if (minor < OLDEST_MINOR) {
      throw new IllegalStateException(
          "the cluster must be Kubernetes 1.%d or newer, not %s"
              .formatted(OLDEST_MINOR, version.getGitVersion()));
    }
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String createNamespace(String name) {
    Namespace namespace =
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(PREFIX + name)
            .addToLabels(AdmissionPolicy.LABEL, "true")
            .endMetadata()
            .build();
    removeFormer(PREFIX + name);
    client.resource(namespace).create();
    return PREFIX + name;
  }

  /** Deletes what an earlier run left, and nobody else's namespace. */
  private void removeFormer(String name) {
    Resource<Namespace> stored = client.namespaces().withName(name);
    Namespace former = stored.get();
    if (former == null) {
      return;
    }
    if (!"true".equals(former.getMetadata().getLabels().get(AdmissionPolicy.LABEL))) {
      throw new IllegalStateException(
          "namespace %s is not the scenarios' (no label %s=true): delete it first"
              .formatted(name, AdmissionPolicy.LABEL));
    }
    stored.delete();
    Await.until(
        "what an earlier run left in namespace " + name + " is gone",
        TO_BE_GONE,
        () -> stored.get() == null,
        stored::get);
  }

  @Override
  public void deleteNamespace(String namespace) {
    client.namespaces().withName(namespace).delete();
  }

  @Override
  public OperatorHandle operator(String namespace) {
    return operator;
  }

  @Override
  public String operatorNamespace(String namespace) {
    return OperatorDeployment.NAMESPACE;
  }

  @Override
  public KubernetesClient asOperator(String namespace) {
    return ServiceAccountClient.of(client, OperatorDeployment.NAMESPACE, OperatorDeployment.NAME);
  }

  @Override
  public String etcdctl(String namespace, String pod, String... arguments) {
    return run(namespace, pod, "/usr/local/bin/etcdctl", arguments);
  }

  @Override
  public String etcdutl(String namespace, String pod, String... arguments) {
    return run(namespace, pod, "/usr/local/bin/etcdutl", arguments);
  }

  private String run(String namespace, String pod, String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    return PodCommand.run(client, namespace, pod, CONTAINER, command);
  }

  /** The pod goes, and admission keeps its successors from being made. */
  @Override
  public void holdDown(String namespace, String pod) {
    held.hold(namespace, pod);
  }

  @Override
  public void release(String namespace, String pod) {
    held.release(namespace, pod);
    hurry(namespace);
  }

  /** The StatefulSet controller waits longer with each refusal; a change makes it look at once. */
  private void hurry(String namespace) {
    for (StatefulSet set : client.apps().statefulSets().inNamespace(namespace).list().getItems()) {
      client
          .resource(set)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}"
                  .formatted(RELEASED, Instant.now()));
    }
  }

  @Override
  public void close() {
    try (client;
        authors;
        held) {
      // They are closed from the last to the first, each whether or not the others could be.
    }
  }
}
