package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A local world: a Kubernetes control plane, nodes, and a network that can be cut anywhere. */
public final class World implements AutoCloseable {
  private static final Duration NODES_LIMIT = Duration.ofSeconds(60);

  /** So long that it means a broken API server, however busy the machine. */
  private static final Duration CLIENT_LIMIT = Duration.ofSeconds(60);

  /** A node that is cut off finds out soon that it is heard again. */
  private static final Duration NODE_CLIENT_LIMIT = Duration.ofSeconds(5);

  private static final long TOKEN_SECONDS = 24L * 60 * 60;

  private final WorldOptions options;
  private final Network network = new Network();
  private final Addresses addresses = new Addresses();
  private final PodRegistry pods = new PodRegistry();
  private final Map<String, WorldNode> nodes = new LinkedHashMap<>();
  private final Map<String, WorldProcess> processes = new HashMap<>();
  private final ControlPlane controlPlane;
  private final KubernetesClient client;
  private final ClusterNames names;
  private final Scheduler scheduler;

  private World(WorldOptions options) {
    this.options = options;
    Map<Party, String> doors = new LinkedHashMap<>();
    for (int i = 1; i <= options.nodes(); i++) {
      doors.put(Party.node("node-" + i), "10.9.255." + i);
    }
    controlPlane = ControlPlane.start(options, network, doors);
    client = controlPlane.adminClient(ControlPlane.ADDRESS, CLIENT_LIMIT);
    doors.forEach((party, door) -> nodes.put(party.name(), node(party.name(), door)));
    controlPlane.awaitReady(client);
    controlPlane.startControllers();
    nodes.values().forEach(WorldNode::revive);
    createStorageClass("standard", true);
    createStorageClass(LocalVolumes.STORAGE_CLASS, false);
    names = new ClusterNames(client, new HostsFile(Layout.HOSTS));
    scheduler = new Scheduler(client);
    controlPlane.awaitControllers(client);
    Await.until(
        "all nodes are ready", NODES_LIMIT, this::areNodesReady, () -> client.nodes().list());
  }

  /**
   * Starts a world in the namespaces that this JVM was started in, and returns when its nodes are
   * ready. There can be one per JVM.
   *
   * @throws WorldException when the JVM was not started with {@code e2e/world/bin/java}, a binary
   *     is missing, or the control plane does not come up; the message says which
   */
  public static World start(WorldOptions options) {
    Layout.scripts();
    return new World(options);
  }

  private WorldNode node(String name, String door) {
    return new WorldNode(
        name,
        network,
        connection -> new NodeServices(name, options, network, addresses, pods, connection),
        () -> controlPlane.adminClient(door, NODE_CLIENT_LIMIT));
  }

  private void createStorageClass(String name, boolean isDefault) {
    client
        .storage()
        .v1()
        .storageClasses()
        .resource(
            new StorageClassBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations(
                    "storageclass.kubernetes.io/is-default-class", String.valueOf(isDefault))
                .endMetadata()
                .withProvisioner("kubernetes.io/host-path")
                .withReclaimPolicy("Delete")
                .withVolumeBindingMode("Immediate")
                .build())
        .create();
  }

  private boolean areNodesReady() {
    Set<String> ready =
        client.nodes().list().getItems().stream()
            .filter(NodeRegistration::isReady)
            .filter(node -> node.getSpec().getTaints().isEmpty())
            .map(node -> node.getMetadata().getName())
            .collect(Collectors.toSet());
    return ready.containsAll(nodes.keySet());
  }

  /**
   * A client of the API server with all rights, which no cut concerns. It is closed with the world.
   */
  public KubernetesClient client() {
    return client;
  }

  /**
   * Writes a kubeconfig with which a process of this world is that ServiceAccount, for a day.
   *
   * @return the file, which only this world's processes can read
   */
  public Path kubeconfigFor(String namespace, String serviceAccount) {
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(TOKEN_SECONDS)
            .endSpec()
            .build();
    String token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(serviceAccount)
            .tokenRequest(request)
            .getStatus()
            .getToken();
    Path file = Layout.CREDENTIALS.resolve("%s_%s.kubeconfig".formatted(namespace, serviceAccount));
    Credentials.write(file, controlPlane.kubeconfig(namespace, token));
    return file;
  }

  /** This JVM's own address on the world's network, which no cut concerns. */
  public String address() {
    return Network.ROUTER;
  }

  /** All nodes, in the order of their names. */
  public List<WorldNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /**
   * The node of that name.
   *
   * @throws WorldException when there is none
   */
  public WorldNode node(String name) {
    WorldNode node = nodes.get(name);
    if (node == null) {
      throw new WorldException("no node %s, there are %s".formatted(name, nodes.keySet()));
    }
    return node;
  }

  /** A handle on the pods of that name, whether there is one now or not. */
  public WorldPod pod(String namespace, String name) {
    return new WorldPod(namespace, name, pods, options);
  }

  /**
   * The directory that a claim's data is in.
   *
   * @throws WorldException when there is no such claim, or it is not bound to a volume of this
   *     world
   */
  public Path volumeDirectory(String namespace, String claim) {
    return Optional.ofNullable(
            client.persistentVolumeClaims().inNamespace(namespace).withName(claim).get())
        .map(found -> found.getSpec().getVolumeName())
        .map(volume -> client.persistentVolumes().withName(volume).get())
        .flatMap(PodVolumes::directory)
        .orElseThrow(
            () ->
                new WorldException(
                    "no volume is bound to claim %s/%s".formatted(namespace, claim)));
  }

  /** From now on no packet passes between the two, in either direction; nobody is told. */
  public void cut(Party one, Party other) {
    network.cut(one, other);
  }

  /** Mends what {@link #cut} did to the two, and nothing else. */
  public void heal(Party one, Party other) {
    network.heal(one, other);
  }

  /** From now on what goes from the one to the other vanishes; the other way it passes. */
  public void cutOneWay(Party from, Party to) {
    network.cutOneWay(from, to);
  }

  /** Mends what {@link #cutOneWay} did to the two, in this direction. */
  public void healOneWay(Party from, Party to) {
    network.healOneWay(from, to);
  }

  /** The lines of the party as it is now: a pod that comes later has one of its own. */
  public List<Link> links(Party party) {
    return network.linksOf(party);
  }

  /**
   * Starts a process on a host of its own, {@code Party.process(name)}, which keeps its address
   * from one run to the next.
   *
   * @param command an absolute path, or the name of a program on the PATH, and its arguments
   * @param environment what its environment has besides PATH
   * @throws WorldException when a process of that name still runs
   */
  public synchronized WorldProcess startProcess(
      String name, List<String> command, Map<String, String> environment) {
    WorldProcess earlier = processes.get(name);
    if (earlier == null) {
      network.add(name, addresses.take("process/" + name), Set.of(Party.process(name)));
    } else if (earlier.isAlive()) {
      throw new WorldException("the process %s still runs".formatted(name));
    }
    List<String> entered = new ArrayList<>(Network.entering(name));
    entered.addAll(command);
    Map<String, String> variables = new HashMap<>(environment);
    variables.putIfAbsent("PATH", System.getenv("PATH"));
    WorldProcess started =
        WorldProcess.start(entered, variables, options.logDirectory().resolve(name + ".log"));
    processes.put(name, started);
    return started;
  }

  /**
   * Starts a Java program on a host of its own, as {@link #startProcess} does, with this JVM's java
   * and such settings that it leaves nothing behind outside of the world.
   *
   * @param arguments java's own arguments: options, class path, main class and so on
   */
  public WorldProcess startJava(
      String name, List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:-UsePerfData");
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.addAll(arguments);
    return startProcess(name, command, environment);
  }

  /** Ends all processes of the world. No other can be started in this JVM. */
  @Override
  public synchronized void close() {
    processes.values().forEach(WorldProcess::kill);
    scheduler.close();
    names.close();
    nodes.values().forEach(WorldNode::kill);
    client.close();
    controlPlane.close();
  }
}
