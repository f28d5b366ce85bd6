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

  /**
   * All that have to do with a StatefulSet, its pods, volumes, nodes and names, and with who may do
   * what.
   */
  private static final String CONTROLLERS =
      String.join(
          ",",
          "clusterrole-aggregation-controller",
          "disruption-controller",
          "endpointslice-controller",
          "garbage-collector-controller",
          "job-controller",
          "namespace-controller",
          "node-lifecycle-controller",
          "persistentvolume-binder-controller",
          "persistentvolume-protection-controller",
          "persistentvolumeclaim-protection-controller",
          "pod-garbage-collector-controller",
          "root-ca-certificate-publisher-controller",
          "serviceaccount-controller",
          "statefulset-controller",
          "taint-eviction-controller");

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final WorldOptions options;
  private final Credentials credentials;
  private final List<WorldProcess> processes = new ArrayList<>();

  private ControlPlane(WorldOptions options, Credentials credentials) {
    this.options = options;
    this.credentials = credentials;
  }

  /**
   * Starts the control plane; it may not serve yet when this returns.
   *
   * @param doors further addresses at which the API server is to be known
   */
  static ControlPlane start(WorldOptions options, Network network, Map<Party, String> doors) {
    network.add(HOST, ADDRESS, Set.of(Party.apiServer()));
    doors.forEach((guest, door) -> network.addDoor(door, ADDRESS, guest));
    List<String> addresses = new ArrayList<>(doors.values());
    addresses.add(ADDRESS);
    WorldProcess etcd = startEtcd(options);
    ControlPlane controlPlane = new ControlPlane(options, new Credentials(addresses));
    controlPlane.processes.add(etcd);
    controlPlane.processes.add(controlPlane.startApiServer());
    controlPlane.processes.add(controlPlane.startControllerManager());
    return controlPlane;
  }

  /** A client of the API server with all rights, which reaches it at that address. */
  KubernetesClient adminClient(String address) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url(address))
            .withCaCertData(
                Base64.getEncoder()
                    .encodeToString(
                        credentials.certificateAuthority().getBytes(StandardCharsets.US_ASCII)))
            .withOauthToken(credentials.adminToken)
            .withConnectionTimeout(2_000)
            .withRequestTimeout(5_000)
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectInterval(200)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** A kubeconfig for the bearer of the token. */
  String kubeconfig(String namespace, String token) {
    return Kubeconfig.text(url(ADDRESS), credentials.certificateAuthority(), namespace, token);
  }

  /** Returns when the API server serves. */
  void awaitServing(KubernetesClient admin) {
    await("the Kubernetes API server serves", () -> admin.namespaces().withName("default").get());
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

  private static WorldProcess startEtcd(WorldOptions options) {
    String etcd = options.binaries().newest("etcd").toString();
    return run(
        options,
        "etcd",
        List.of(
            etcd,
            "--data-dir=" + Layout.CONTROL_PLANE_DATA,
            "--unsafe-no-fsync",
            "--listen-client-urls=http://127.0.0.1:2379",
            "--advertise-client-urls=http://127.0.0.1:2379",
            "--listen-peer-urls=http://127.0.0.1:2380",
            "--log-level=warn"));
  }

  private WorldProcess startApiServer() {
    return run(
        options,
        "kube-apiserver",
        List.of(
            binary("kube-apiserver"),
            "--etcd-servers=http://127.0.0.1:2379",
            "--bind-address=0.0.0.0",
            "--secure-port=" + PORT,
            "--advertise-address=" + ADDRESS,
            "--endpoint-reconciler-type=none",
            "--tls-cert-file=" + credentials.certificate,
            "--tls-private-key-file=" + credentials.certificateKey,
            "--token-auth-file=" + credentials.tokens,
            "--anonymous-auth=false",
            "--authorization-mode=RBAC",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + credentials.serviceAccountPublicKey,
            "--service-account-signing-key-file=" + credentials.serviceAccountKey,
            "--service-cluster-ip-range=10.96.0.0/24",
            "--profiling=false"));
  }

  private WorldProcess startControllerManager() {
    Path kubeconfig = Layout.CREDENTIALS.resolve("controller-manager.kubeconfig");
    Credentials.write(kubeconfig, kubeconfig("default", credentials.controllerManagerToken));
    // Its host path provisioner keeps volumes under /tmp, which is the world's memory to it and
    // nothing but that.
    return run(
        options,
        "kube-controller-manager",
        List.of(
            "unshare",
            "-m",
            "--",
            "sh",
            "-c",
            ": >\"$3\" && mount --bind \"$2\" \"$3\" && mount --bind \"$1\" /tmp && shift 2 && exec \"$@\"",
            "sh",
            Layout.DISKS.toString(),
            binary("kube-controller-manager"),
            Layout.ROOT.resolve("kube-controller-manager").toString(),
            "--kubeconfig=" + kubeconfig,
            "--authentication-kubeconfig=" + kubeconfig,
            "--authorization-kubeconfig=" + kubeconfig,
            "--leader-elect=false",
            "--use-service-account-credentials=true",
            "--service-account-private-key-file=" + credentials.serviceAccountKey,
            "--root-ca-file=" + credentials.certificate,
            "--secure-port=0",
            "--controllers=" + CONTROLLERS,
            "--kube-api-qps=1000",
            "--kube-api-burst=1000",
            "--enable-hostpath-provisioner=true",
            "--node-monitor-period=1s",
            "--node-monitor-grace-period=%ds".formatted(options.nodeGracePeriod().toSeconds()),
            "--node-startup-grace-period=20s",
            "--profiling=false"));
  }

  private String binary(String name) {
    return options.binaries().newest(name).toString();
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
