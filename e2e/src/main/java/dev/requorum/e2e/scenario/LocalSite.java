package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.World;
import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The local world as a site. The operator runs as a process of its own, on a host of its own. */
public final class LocalSite implements Site {

  private static final String CRD = "/META-INF/fabric8/etcdclusters.operator.etcd.io-v1.yml";

  /** The entry point of the operator as it is shipped. */
  public static final String OPERATOR_MAIN = "dev.requorum.operator.OperatorMain";

  private final World world;
  private final EventAuthors authors;

  private LocalSite(World world, EventAuthors authors) {
    this.world = world;
    this.authors = authors;
  }

  /** The world with the CustomResourceDefinition installed. */
  public static LocalSite in(World world) {
    KubernetesClient client = world.client();
    client.resource(resource(CRD)).serverSideApply();
    Resource<CustomResourceDefinition> crd =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("etcdclusters.operator.etcd.io");
    Await.until(
        "EtcdClusters are served",
        Duration.ofSeconds(30),
        () -> established(crd.require()) && canBeWatched(client),
        crd::require);
    return new LocalSite(
        world,
        new EventAuthors(
            client,
            "'system:serviceaccount:' + request.namespace + ':%s'"
                .formatted(OperatorRights.SERVICE_ACCOUNT)));
  }

  private static boolean established(CustomResourceDefinition crd) {
    return crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  /** For a moment after they are established, resources cannot be listed and watched yet. */
  private static boolean canBeWatched(KubernetesClient client) {
    try (Watch watch =
        client.resources(EtcdCluster.class).inNamespace("default").watch(new Unconcerned())) {
      return watch != null;
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  private static final class Unconcerned implements Watcher<EtcdCluster> {
    @Override
    public void eventReceived(Action action, EtcdCluster cluster) {
      // Whether there are any is of no interest here.
    }

    @Override
    public void onClose(WatcherException cause) {
      // The next look tells.
    }
  }

  private static String resource(String path) {
    try (InputStream in = LocalSite.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            path + " is not on the classpath: build operator-app first");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public World world() {
    return world;
  }

  @Override
  public String createNamespace(String name) {
    client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(AdmissionPolicy.LABEL, "true")
                .endMetadata()
                .build())
        .create();
    return name;
  }

  @Override
  public void deleteNamespace(String namespace) {
    client().namespaces().withName(namespace).delete();
  }

  @Override
  public KubernetesClient client() {
    return world.client();
  }

  @Override
  public OperatorHandle operator(String namespace) {
    return operator(namespace, OPERATOR_MAIN, Map.of());
  }

  /**
   * The operator with another entry point.
   *
   * @param environment what is set besides what the site sets itself
   */
  public OperatorHandle operator(
      String namespace, String mainClass, Map<String, String> environment) {
    OperatorRights.grant(client(), namespace);
    OperatorHandle operator = new LocalOperator(world, namespace, mainClass, environment);
    operator.start();
    return operator;
  }

  @Override
  public String operatorNamespace(String namespace) {
    return namespace;
  }

  @Override
  public KubernetesClient asOperator(String namespace) {
    return ServiceAccountClient.of(client(), namespace, OperatorRights.SERVICE_ACCOUNT);
  }

  @Override
  public String etcdctl(String namespace, String pod, String... arguments) {
    return world.pod(namespace, pod).etcdctl(arguments);
  }

  @Override
  public String etcdutl(String namespace, String pod, String... arguments) {
    List<String> command = new ArrayList<>(List.of("/usr/local/bin/etcdutl"));
    command.addAll(List.of(arguments));
    return world.pod(namespace, pod).runInContainer(command);
  }

  @Override
  public void holdDown(String namespace, String pod) {
    world.pod(namespace, pod).hold();
  }

  @Override
  public void release(String namespace, String pod) {
    world.pod(namespace, pod).release();
  }

  @Override
  public void close() {
    try (world;
        authors) {
      // They are closed from the last to the first, each whether or not the other could be.
    }
  }
}
