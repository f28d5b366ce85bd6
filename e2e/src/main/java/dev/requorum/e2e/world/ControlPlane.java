package dev.requorum.e2e.world;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A real kube-apiserver and kube-controller-manager with an etcd of their own, on a host of their
 * own.
 */
final class ControlPlane implements AutoCloseable {
  static final String ADDRESS = "10.9.0.2";
  private static final String HOST = "control-plane";
  private static final int PORT = 6443;

  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private final WorldOptions options;
  private final Credentials credentials;
  private final ControlPlaneCommands commands;
  private final List<WorldProcess> processes = new ArrayList<>();

  private ControlPlane(WorldOptions options, Credentials credentials) {
    this.options = options;
    this.credentials = credentials;
    this.commands = new ControlPlaneCommands(options, credentials);
  }

  /**
   * Starts the API server with its etcd; it may not serve yet when this returns.
   *
   * @param doors further addresses at which the API server is to be known
   */
  static ControlPlane start(WorldOptions options, Network network, Map<Party, String> doors) {
    network.add(HOST, ADDRESS, Set.of(Party.apiServer()));
    doors.forEach((guest, door) -> network.addDoor(door, ADDRESS, guest));
    List<String> addresses = new ArrayList<>(doors.values());
    addresses.add(ADDRESS);
    WorldProcess etcd = run(options, "etcd", ControlPlaneCommands.etcd(options));
    ControlPlane controlPlane = new ControlPlane(options, new Credentials(addresses));
    controlPlane.processes.add(etcd);
    controlPlane.processes.add(
        run(options, "kube-apiserver", controlPlane.commands.apiServer(ADDRESS, PORT)));
    return controlPlane;
  }

  /**
   * A client of the API server with all rights, which reaches it at that address.
   *
   * @param limit the longest that an answer is waited for
   */
  KubernetesClient adminClient(String address, Duration limit) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url(address))
            .withCaCertData(
                Base64.getEncoder()
                    .encodeToString(
                        credentials.certificateAuthority().getBytes(StandardCharsets.US_ASCII)))
            .withOauthToken(credentials.adminToken)
            .withConnectionTimeout(2_000)
            .withRequestTimeout((int) limit.toMillis())
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(200)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** A kubeconfig for the bearer of the token. */
  String kubeconfig(String namespace, String token) {
    return Kubeconfig.text(url(ADDRESS), credentials.certificateAuthority(), namespace, token);
  }

  /** Returns when the API server is ready. */
  void awaitReady(KubernetesClient admin) {
    await("the Kubernetes API server is ready", () -> admin.raw("/readyz"));
  }

  /**
   * Starts the controller manager, which would give up an API server that takes its time to become
   * ready.
   */
  void startControllers() {
    Path kubeconfig = Layout.CREDENTIALS.resolve("controller-manager.kubeconfig");
    Credentials.write(kubeconfig, kubeconfig("default", credentials.controllerManagerToken));
    processes.add(run(options, "kube-controller-manager", commands.controllerManager(kubeconfig)));
  }

  /** Returns when the controller manager works. */
  void awaitControllers(KubernetesClient admin) {
    await(
        "the Kubernetes controllers work",
        () -> admin.serviceAccounts().inNamespace("default").withName("default").get());
  }

  private void await(String what, Supplier<?> sign) {
    Await.until(
        what,
        START_LIMIT,
        () -> {
          failWhereOneEnded();
          return isThere(sign);
        },
        () -> "the end of the logs is%n%s".formatted(logTails()));
  }

  private void failWhereOneEnded() {
    if (!processes.stream().allMatch(WorldProcess::isAlive)) {
      throw new WorldException("a process of the control plane ended:\n" + logTails());
    }
  }

  private static boolean isThere(Supplier<?> sign) {
    try {
      return sign.get() != null;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private String logTails() {
    StringBuilder tails = new StringBuilder();
    for (WorldProcess process : processes) {
      String log = process.log();
      tails
          .append(process.logFile())
          .append(":\n")
          .append(log.substring(Math.max(0, log.length() - 1500)))
          .append('\n');
    }
    return tails.toString();
  }

  private static WorldProcess run(WorldOptions options, String name, List<String> command) {
    List<String> entered = new ArrayList<>(Network.entering(HOST));
    entered.addAll(command);
    return WorldProcess.start(
        entered,
        Map.of("PATH", System.getenv("PATH"), "HOME", "/run/world"),
        options.logDirectory().resolve(name + ".log"));
  }

  private static String url(String address) {
    return "https://%s:%d".formatted(address, PORT);
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).kill();
    }
  }
}
