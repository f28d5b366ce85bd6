package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An operator with an entry point of the tests', as a process on a host of its own beside the node
 * of our own cluster ({@code e2e/cluster/host.sh}). It has the rights of the installed one and
 * serves one namespace; the installed one is away meanwhile.
 */
final class HostOperator implements OperatorHandle {

  private static final long TOKEN_SECONDS = 3600;
  private static final Duration TO_END = Duration.ofSeconds(15);

  private final Site site;
  private final OperatorHandle installed;
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment;
  private final Path directory;
  private Process process;

  /** Aborts the scenario where the cluster is not our own. Not started yet. */
  HostOperator(Site site, String namespace, String mainClass, Map<String, String> environment) {
    OwnCluster.require();
    this.site = site;
    this.installed = site.operator(namespace);
    this.directory = newDirectory();
    command.add(OwnCluster.script("host.sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    this.environment = new HashMap<>(environment);
    this.environment.put("WATCH_NAMESPACES", namespace);
    this.environment.put("POD_NAME", "host");
    this.environment.put("LEASE_NAMESPACE", OperatorDeployment.NAMESPACE);
    this.environment.put("COPIES_DIR", directory.resolve("copies").toString());
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("requorum-operator");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is in the pods' network. */
  String address() {
    return OwnCluster.run("host.sh", "--address");
  }

  @Override
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  @Override
  public synchronized void kill() {
    if (process != null) {
      end(process.destroyForcibly());
    }
  }

  @Override
  public synchronized void start() {
    if (isAlive()) {
      return;
    }
    installed.kill();
    environment.put("KUBECONFIG", kubeconfig().toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path kubeconfig() {
    Config config = site.client().getConfiguration();
    String token =
        ServiceAccountClient.token(
            site.client(), OperatorDeployment.NAMESPACE, OperatorDeployment.NAME, TOKEN_SECONDS);
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: own, cluster: {server: "%s", certificate-authority: "%s"}}]
        users: [{name: operator, user: {token: "%s"}}]
        contexts: [{name: own, context: {cluster: own, user: operator}}]
        current-context: own
        """
            .formatted(config.getMasterUrl(), config.getCaCertFile(), token);
    Path file = directory.resolve("kubeconfig");
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path logFile() {
    return directory.resolve("log");
  }

  @Override
  public synchronized void replace() {
    process.destroy();
    end(process);
    start();
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the operator did not end within " + TO_END);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the operator ends", e);
    }
  }

  @Override
  public String log() {
    try {
      return Files.exists(logFile()) ? Files.readString(logFile()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The installed one serves again. */
  @Override
  public void close() {
    kill();
    installed.close();
  }
}
