package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An operator that is a process of the local world and serves one namespace. */
final class LocalOperator implements OperatorHandle {

  private static final Duration TO_END = Duration.ofSeconds(15);

  private final World world;
  private final String namespace;
  private final List<String> command;
  private final Map<String, String> environment;
  private WorldProcess process;

  /** Has the rights of the namespace's ServiceAccount; is not started yet. */
  LocalOperator(World world, String namespace, String mainClass, Map<String, String> environment) {
    this.world = world;
    this.namespace = namespace;
    this.command = command(mainClass);
    this.environment = new HashMap<>(environment(namespace));
    this.environment.putAll(environment);
  }

  private static List<String> command(String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return command;
  }

  private static Map<String, String> environment(String namespace) {
    return Map.of(
        "WATCH_NAMESPACES",
        namespace,
        "POD_NAMESPACE",
        namespace,
        "POD_NAME",
        "operator-" + namespace,
        "OPERATOR_IMAGE",
        "requorum/operator:local",
        "COPIES_DIR",
        "/run/requorum/copies/" + namespace);
  }

  @Override
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  @Override
  public synchronized void kill() {
    process.kill();
  }

  @Override
  public synchronized void start() {
    if (!isAlive()) {
      Path kubeconfig = world.kubeconfigFor(namespace, OperatorRights.SERVICE_ACCOUNT);
      environment.put("KUBECONFIG", kubeconfig.toString());
      process = world.startProcess("operator-" + namespace, command, environment);
    }
  }

  @Override
  public synchronized void replace() {
    process.terminate();
    process.awaitEnd(TO_END);
    start();
  }

  @Override
  public synchronized String log() {
    return process.log();
  }

  @Override
  public void close() {
    kill();
  }
}
