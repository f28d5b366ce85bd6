package dev.requorum.fabric8.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A real kube-apiserver on a real etcd, and a real kube-controller-manager that runs StatefulSets
 * and protects claims in use. No scheduler and no kubelet: whoever needs them plays them. Started
 * once for all tests of this JVM, on free ports of the loopback interface.
 */
public final class ControlPlane {

  private static final String CONTROLLERS =
      "statefulset-controller,persistentvolumeclaim-protection-controller";
  private static final String OPERATOR = "requorum";

  private static final String ETCD = "etcd-3.6.16";
  private static final String API_SERVER = "kube-apiserver-1.34.4";
  private static final String CONTROLLER_MANAGER = "kube-controller-manager-1.34.4";

  private static ControlPlane shared;

  private final String token = UUID.randomUUID().toString();
  private final List<Daemon> daemons = new ArrayList<>();
  private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();
  private final String url;
  private final Path certificate;
  private final Daemon controllers;

  /** The one that all tests share. */
  public static synchronized ControlPlane shared() {
    if (shared == null) {
      shared = new ControlPlane();
    }
    return shared;
  }

  private ControlPlane() {
    List.of(ETCD, API_SERVER, CONTROLLER_MANAGER).forEach(Binaries::path);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    List<Integer> ports = freePorts(3);
    String etcd = startEtcd(ports.get(0), ports.get(1));
    this.url = "https://127.0.0.1:" + ports.get(2);
    this.certificate = startApiServer(etcd, ports.get(2));
    Await.until("kube-apiserver is ready", this::notReady);
    this.controllers = startControllers();
    install("etcdcluster-crd.yaml");
    install("adapter-role.yaml");
    Roles.bind(admin(), OPERATOR, "requorum-adapter");
    Await.until("the EtcdCluster resource is served", this::notServed);
  }

  /** A client that may do everything: for whoever plays the rest of the world. */
  public KubernetesClient admin() {
    return clients.computeIfAbsent("", nobodyElse -> client(new ConfigBuilder()));
  }

  /** A client with the rights that the adapters need, and no others. */
  public KubernetesClient operator() {
    return as(OPERATOR);
  }

  /** The same, and each of its writes is preceded by what somebody else does just then. */
  public KubernetesClient operatorOvertakenBy(Runnable somebodyElse) {
    Config config =
        new ConfigBuilder(operator().getConfiguration()).withImpersonateUsername(OPERATOR).build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("overtake", new Overtaking(somebodyElse)))
        .build();
  }

  /** A client with the rights that the adapters need, but for those on one resource. */
  public KubernetesClient operatorWithout(String resource) {
    String user = "without-" + resource;
    if (!clients.containsKey(user)) {
      Roles.bindWithout(admin(), user, "requorum-adapter", resource);
    }
    return as(user);
  }

  /** Stops the controllers from acting until {@link #resumeControllers}. */
  public void pauseControllers() {
    controllers.pause();
  }

  public void resumeControllers() {
    controllers.resume();
  }

  private KubernetesClient as(String user) {
    return clients.computeIfAbsent(
        user, name -> client(new ConfigBuilder().withImpersonateUsername(name)));
  }

  private KubernetesClient client(ConfigBuilder builder) {
    Config config =
        builder
            .withAutoConfigure(false)
            .withMasterUrl(url)
            .withOauthToken(token)
            .withCaCertFile(certificate.toString())
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private String startEtcd(int clientPort, int peerPort) {
    String client = "http://127.0.0.1:" + clientPort;
    String peer = "http://127.0.0.1:" + peerPort;
    Path directory = directory();
    start(
        ETCD,
        directory,
        "--data-dir=" + directory.resolve("data"),
        "--unsafe-no-fsync",
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer);
    return client;
  }

  private Path startApiServer(String etcd, int port) {
    Path directory = directory();
    Path tokens = write(directory.resolve("tokens.csv"), token + ",admin,1,system:masters\n");
    Path keys = ServiceAccountKeys.write(directory);
    start(
        API_SERVER,
        directory,
        "--etcd-servers=" + etcd,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--secure-port=" + port,
        "--cert-dir=" + directory,
        "--token-auth-file=" + tokens,
        "--authorization-mode=RBAC",
        "--disable-admission-plugins=ServiceAccount",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + keys,
        "--service-account-signing-key-file=" + keys);
    return directory.resolve("apiserver.crt");
  }

  private Daemon startControllers() {
    Path directory = directory();
    Path kubeconfig =
        write(
            directory.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
            users: [{name: admin, user: {token: "%s"}}]
            contexts: [{name: test, context: {cluster: test, user: admin}}]
            current-context: test
            """
                .formatted(url, certificate, token));
    return start(
        CONTROLLER_MANAGER,
        directory,
        "--kubeconfig=" + kubeconfig,
        "--controllers=" + CONTROLLERS,
        "--leader-elect=false",
        "--secure-port=0");
  }

  private Daemon start(String binary, Path directory, String... arguments) {
    Daemon daemon = new Daemon(Binaries.path(binary), directory, List.of(arguments));
    daemons.add(daemon);
    return daemon;
  }

  private Optional<String> notReady() {
    if (!Files.exists(certificate)) {
      return Optional.of(lastWords());
    }
    try {
      return "ok".equals(admin().raw("/readyz")) ? Optional.empty() : Optional.of(lastWords());
    } catch (KubernetesClientException e) {
      return Optional.of(e.getMessage() + "; " + lastWords());
    }
  }

  private Optional<String> notServed() {
    return admin().raw("/apis/operator.etcd.io/v1alpha1/etcdclusters") == null
        ? Optional.of("404")
        : Optional.empty();
  }

  private void install(String resource) {
    admin().load(ControlPlane.class.getResourceAsStream("/" + resource)).create();
  }

  private String lastWords() {
    return String.join("\n", daemons.stream().map(Daemon::lastWords).toList());
  }

  private void stop() {
    clients.values().forEach(KubernetesClient::close);
    for (int i = daemons.size() - 1; i >= 0; i--) {
      daemons.get(i).close();
    }
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("requorum-control-plane");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path file, String content) {
    try {
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
