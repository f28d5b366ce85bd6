package dev.requorum.e2e.scenario;

import dev.requorum.e2e.safety.Rule;
import dev.requorum.e2e.safety.SafetyOperator;
import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.World;
import io.fabric8.kubernetes.api.model.Event;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A namespace of the site with an operator that serves it, open while a test class runs. What is
 * there when a test fails is kept in a {@link FailureBundle}.
 */
final class Stage implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {

  static final String VERSION = "3.6.16";
  static final Duration GRACE_PERIOD = Duration.ofSeconds(5);
  static final Duration DOWN_GRACE_PERIOD = Duration.ofSeconds(8);
  static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Path BUNDLES =
      Path.of("target", "bundle", Site.isCluster() ? Site.CLUSTER : Site.LOCAL).toAbsolutePath();

  private final String name;
  private final Function<Stage, OperatorHandle> operatorStart;
  private Site site;
  private String namespace;
  private OperatorHandle operator;

  private Stage(String name, Function<Stage, OperatorHandle> operatorStart) {
    this.name = name;
    this.operatorStart = operatorStart;
  }

  /** A stage with the operator as it is shipped. */
  static Stage named(String name) {
    return new Stage(name, stage -> stage.site().operator(stage.namespace()));
  }

  /**
   * A stage with another entry point to the same operator, in the local world or our own cluster.
   */
  static Stage named(String name, Class<?> main, Map<String, String> environment) {
    return new Stage(name, stage -> stage.operator(main.getName(), environment));
  }

  /** The same with the operator as it is shipped, but for this rule. */
  static Stage without(Rule rule, String name) {
    return without(rule, name, Map.of());
  }

  /** The same, with more in the operator's environment. */
  static Stage without(Rule rule, String name, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(SafetyOperator.RULE_OFF, rule.name());
    return named(name, SafetyOperator.class, all);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    site = OpenSite.of(context);
    namespace = site.createNamespace(name);
    try {
      operator = operatorStart.apply(this);
    } catch (RuntimeException | AssertionError failure) {
      keepBundle(context, failure);
      throw failure;
    }
  }

  /** Before anything is cleaned up. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    keepBundle(context, failure);
    throw failure;
  }

  private void keepBundle(ExtensionContext context, Throwable failure) {
    Path directory = BUNDLES.resolve(bundleOf(context));
    try {
      new FailureBundle(site, namespace, directory)
          .write(operator == null ? () -> "" : operator::log);
      System.out.printf("%s failed; its bundle is in %s%n", context.getUniqueId(), directory);
    } catch (RuntimeException noBundle) {
      failure.addSuppressed(noBundle);
    }
  }

  /**
   * The name of a bundle's directory: the test's class and method, where there is one already, and
   * what else tells it from others.
   */
  private static String bundleOf(ExtensionContext context) {
    String invocation = context.getUniqueId().replaceAll(".*\\[test-template-invocation:#|\\]", "");
    String test =
        context.getRequiredTestClass().getSimpleName()
            + "."
            + context.getTestMethod().map(Method::getName).orElse("beforeAll");
    return invocation.matches("[0-9]+") ? test + "." + invocation : test;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (operator != null) {
      operator.close();
    }
    if (namespace != null) {
      site.deleteNamespace(namespace);
    }
  }

  Site site() {
    return site;
  }

  /** The local world, for what no other site has. */
  World world() {
    return localSite().world();
  }

  private OperatorHandle operator(String mainClass, Map<String, String> environment) {
    if (site instanceof LocalSite local) {
      return local.operator(namespace, mainClass, environment);
    }
    OperatorHandle host = new HostOperator(site, namespace, mainClass, environment);
    host.start();
    return host;
  }

  private LocalSite localSite() {
    if (site instanceof LocalSite local) {
      return local;
    }
    throw new IllegalStateException(name + " can be played in the local world only");
  }

  String namespace() {
    return namespace;
  }

  OperatorHandle operator() {
    return operator;
  }

  TestCluster cluster(String name) {
    return new TestCluster(site, namespace, name);
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

  /** The same, to be rebuilt with {@code --force-new-cluster}. */
  TestCluster healthyClusterInPlace(String name, int size) {
    TestCluster cluster = cluster(name);
    cluster.startWith(ManifestText.inPlace(manifest(name, size, VERSION)), size);
    return cluster;
  }

  /** The same with a node for each member. */
  TestCluster healthyClusterApart(String name, int size) {
    TestCluster cluster = cluster(name);
    cluster.startWith(ManifestText.apart(name, manifest(name, size, VERSION)), size);
    return cluster;
  }

  static String manifest(String name, int size, String version) {
    return ManifestText.cluster(name, size, version, GRACE_PERIOD, DOWN_GRACE_PERIOD);
  }

  /** Holds these members down until the cluster is rebuilt without them; back when all are. */
  void loseProcesses(TestCluster cluster, List<Integer> lost, int size) {
    lost.forEach(ordinal -> site.holdDown(namespace, cluster.pod(ordinal)));
    cluster.awaitPhase(LIMIT, "ScalingOut");
    lost.forEach(ordinal -> site.release(namespace, cluster.pod(ordinal)));
    cluster.awaitPhase(LIMIT, "Completed");
    cluster.awaitHealthy(size, LIMIT);
  }

  /** The node that a member's pod is bound to. */
  String nodeOf(TestCluster cluster, int ordinal) {
    return site.client()
        .pods()
        .inNamespace(namespace)
        .withName(cluster.pod(ordinal))
        .require()
        .getSpec()
        .getNodeName();
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

  /** Waits until there are Events about a cluster with all these reasons. */
  void awaitEvents(TestCluster cluster, String... reasons) {
    Await.until(
        "Events %s about %s".formatted(List.of(reasons), cluster.name()),
        LIMIT,
        () -> eventReasons(cluster).containsAll(List.of(reasons)),
        () -> eventReasons(cluster));
  }

  private Set<String> eventReasons(TestCluster cluster) {
    return cluster.events().stream().map(Event::getReason).collect(Collectors.toSet());
  }

  void awaitCondition(TestCluster cluster, String type, String status) {
    Await.until(
        "condition %s=%s of %s".formatted(type, status, cluster.name()),
        LIMIT,
        () -> cluster.condition(type).equals(status),
        cluster::describe);
  }

  static void awaitReason(TestCluster cluster, String reason) {
    Await.until(
        "reason " + reason,
        LIMIT,
        () -> reason.equals(cluster.recovery().reason),
        cluster::describe);
  }

  /** Waits until the flight recorder has seen a member at that revision. */
  static void awaitSeen(TestCluster cluster, int ordinal, long revision) {
    Await.until(
        "the operator has seen member %d at revision %d".formatted(ordinal, revision),
        LIMIT,
        () ->
            cluster.recovery().lastKnown.members.stream()
                .filter(member -> member.name.equals(cluster.pod(ordinal)))
                .anyMatch(member -> member.revision >= revision),
        cluster::describe);
  }
}
