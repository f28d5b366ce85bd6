package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.SharedWorld;
import dev.requorum.e2e.world.World;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A namespace of the shared world with an operator of its own, for one scenario. */
final class Stage implements AutoCloseable {

  static final String VERSION = "3.6.16";
  static final Duration GRACE_PERIOD = Duration.ofSeconds(5);
  static final Duration DOWN_GRACE_PERIOD = Duration.ofSeconds(8);
  static final Duration LIMIT = Duration.ofSeconds(150);

  private static final class Holder {
    static final LocalSite SITE = LocalSite.in(SharedWorld.get());
  }

  private final String namespace;
  private final String mainClass;
  private final Map<String, String> environment;
  private OperatorHandle operator;

  private Stage(String namespace, String mainClass, Map<String, String> environment) {
    this.namespace = namespace;
    this.mainClass = mainClass;
    this.environment = environment;
    site().createNamespace(namespace);
    startOperator();
  }

  /** Opens a stage with the operator as it is shipped. */
  static Stage open(String namespace) {
    return new Stage(namespace, LocalSite.OPERATOR_MAIN, Map.of());
  }

  /** Opens a stage with another entry point to the same operator. */
  static Stage open(String namespace, Class<?> main, Map<String, String> environment) {
    return new Stage(namespace, main.getName(), environment);
  }

  LocalSite site() {
    return Holder.SITE;
  }

  World world() {
    return site().world();
  }

  String namespace() {
    return namespace;
  }

  OperatorHandle operator() {
    return operator;
  }

  void startOperator() {
    operator = site().startOperator(namespace, mainClass, environment);
  }

  TestCluster cluster(String name) {
    return new TestCluster(site(), namespace, name);
  }

  /** A healthy cluster of this size with the short windows. */
  TestCluster healthyCluster(String name, int size) {
    return healthyCluster(name, size, VERSION);
  }

  TestCluster healthyCluster(String name, int size, String version) {
    TestCluster cluster = cluster(name);
    cluster.startWith(manifest(name, size, version), size);
    return cluster;
  }

  static String manifest(String name, int size, String version) {
    return ManifestText.cluster(name, size, version, GRACE_PERIOD, DOWN_GRACE_PERIOD);
  }

  /** Writes six keys through one member. */
  static Map<String, String> writeSixKeys(TestCluster cluster, int ordinal) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 1; i <= 6; i++) {
      keys.put("six/key-" + i, "value-" + i);
    }
    keys.forEach((key, value) -> cluster.put(ordinal, key, value));
    return keys;
  }

  /** The reasons of the Events about a cluster. */
  Set<String> eventReasons(TestCluster cluster) {
    return events(cluster).stream().map(Event::getReason).collect(Collectors.toSet());
  }

  List<Event> events(TestCluster cluster) {
    return site().client().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> "EtcdCluster".equals(event.getInvolvedObject().getKind()))
        .filter(event -> cluster.name().equals(event.getInvolvedObject().getName()))
        .toList();
  }

  void awaitCondition(TestCluster cluster, String type, String status) {
    Await.until(
        "condition %s=%s of %s".formatted(type, status, cluster.name()),
        LIMIT,
        () -> cluster.condition(type).equals(status),
        cluster::describe);
  }

  @Override
  public void close() {
    operator.kill();
    site().client().namespaces().withName(namespace).delete();
  }
}
