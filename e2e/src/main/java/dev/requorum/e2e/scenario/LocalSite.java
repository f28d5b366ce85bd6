package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldProcess;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The local world as a site. The operator runs as a process of its own, on a host of its own. */
public final class LocalSite implements Site {

  private static final String CRD = "/META-INF/fabric8/etcdclusters.operator.etcd.io-v1.yml";

  /** The entry point of the operator as it is shipped. */
  public static final String OPERATOR_MAIN = "dev.requorum.operator.OperatorMain";

  private final World world;

  private LocalSite(World world) {
    this.world = world;
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
    return new LocalSite(world);
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

  /** Creates a namespace for a scenario. */
  public void createNamespace(String name) {
    client()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  @Override
  public KubernetesClient client() {
    return world.client();
  }

  @Override
  public OperatorHandle startOperator(
      String namespace, String mainClass, Map<String, String> environment) {
    OperatorRights.grant(client(), namespace);
    Path kubeconfig = world.kubeconfigFor(namespace, OperatorRights.SERVICE_ACCOUNT);
    Map<String, String> all = new HashMap<>();
    all.put("KUBECONFIG", kubeconfig.toString());
    all.put("WATCH_NAMESPACES", namespace);
    all.put("POD_NAMESPACE", namespace);
    all.put("POD_NAME", "operator-" + namespace);
    all.put("COPIES_DIR", "/run/requorum/copies/" + namespace);
    all.putAll(environment);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return new Operator(world.startProcess("operator-" + namespace, command, all));
  }

  @Override
  public String etcdctl(String namespace, String pod, String... arguments) {
    return world.pod(namespace, pod).etcdctl(arguments);
  }

  @Override
  public void holdDown(String namespace, String pod) {
    world.pod(namespace, pod).hold();
  }

  @Override
  public void release(String namespace, String pod) {
    world.pod(namespace, pod).release();
  }

  private record Operator(WorldProcess process) implements OperatorHandle {

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public void kill() {
      process.kill();
    }

    @Override
    public String log() {
      return process.log();
    }
  }
}
