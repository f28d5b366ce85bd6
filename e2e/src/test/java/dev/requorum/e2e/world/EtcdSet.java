package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A StatefulSet of etcd members as Requorum makes them, named "etcd", in a namespace of its own.
 */
final class EtcdSet {
  static final Duration READY_LIMIT = Duration.ofSeconds(40);

  private final World world;
  private final KubernetesClient client;
  private final String namespace;

  private EtcdSet(World world, String namespace) {
    this.world = world;
    this.client = world.client();
    this.namespace = namespace;
  }

  /** Creates a set that bootstraps as one cluster of that size. */
  static EtcdSet create(World world, String namespace, int size) {
    EtcdSet set = new EtcdSet(world, namespace);
    set.createObjects(size);
    return set;
  }

  private void createObjects(int size) {
    String members =
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    "etcd-%d=http://etcd-%d.etcd.%s.svc.cluster.local:2380"
                        .formatted(i, i, namespace))
            .collect(Collectors.joining(","));
    String manifest =
        template()
            .replace("${namespace}", namespace)
            .replace("${size}", String.valueOf(size))
            .replace("${members}", members)
            .replace("${version}", Binaries.fromEnvironment().newestVersion("etcd"));
    client
        .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
        .resources()
        .forEach(object -> object.create());
  }

  private static String template() {
    try (InputStream manifest = EtcdSet.class.getResourceAsStream("/etcd-set.yaml")) {
      return new String(manifest.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What members that start from now on find in their environment. */
  void setInitialClusterState(String state) {
    client
        .configMaps()
        .inNamespace(namespace)
        .withName("etcd-state")
        .edit(
            found ->
                new ConfigMapBuilder(found).addToData("ETCD_INITIAL_CLUSTER_STATE", state).build());
  }

  /** Through another member, makes the member a new one that has not joined yet. */
  void replaceMember(int ordinal, int through) {
    String name = "etcd-" + ordinal;
    String id =
        pod(through)
            .etcdctl("member", "list")
            .lines()
            .filter(line -> line.contains(name + ","))
            .findFirst()
            .orElseThrow()
            .split(",")[0];
    pod(through).etcdctl("member", "remove", id);
    String peer = "http://%s.etcd.%s.svc.cluster.local:2380".formatted(name, namespace);
    // etcd refuses it until its members have been connected for five seconds.
    Await.until(
        "the new member is added",
        READY_LIMIT,
        () -> succeeds(through, "member", "add", name, "--peer-urls=" + peer),
        () -> pod(through).etcdctl("member", "list"));
  }

  private boolean succeeds(int ordinal, String... arguments) {
    try {
      pod(ordinal).etcdctl(arguments);
      return true;
    } catch (WorldException e) {
      return false;
    }
  }

  /** Lets there be exactly the members with those ordinals. */
  void setOrdinals(int start, int replicas) {
    client
        .apps()
        .statefulSets()
        .inNamespace(namespace)
        .withName("etcd")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"replicas\": %d, \"ordinals\": {\"start\": %d}}}"
                .formatted(replicas, start));
  }

  WorldPod pod(int ordinal) {
    return world.pod(namespace, "etcd-" + ordinal);
  }

  Optional<Pod> apiPod(int ordinal) {
    return Optional.ofNullable(
        client.pods().inNamespace(namespace).withName("etcd-" + ordinal).get());
  }

  /** Whether Kubernetes says that the pod is ready. */
  boolean isReady(int ordinal) {
    return apiPod(ordinal).filter(EtcdSet::isReady).isPresent();
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(each -> each.getType().equals("Ready") && each.getStatus().equals("True"));
  }

  void awaitReady(int... ordinals) {
    Await.until(
        "the members " + Arrays.toString(ordinals) + " are ready",
        READY_LIMIT,
        () -> IntStream.of(ordinals).allMatch(this::isReady),
        this::describe);
  }

  /** The names of the pods that there are, in order. */
  List<String> podNames() {
    return client.pods().inNamespace(namespace).list().getItems().stream()
        .map(pod -> pod.getMetadata().getName())
        .sorted()
        .toList();
  }

  String describe() {
    return client.pods().inNamespace(namespace).list().getItems().stream()
        .map(
            pod ->
                "%s %s ready=%s on %s %s"
                    .formatted(
                        pod.getMetadata().getName(),
                        pod.getStatus().getPhase(),
                        isReady(pod),
                        pod.getSpec().getNodeName(),
                        pod.getStatus().getContainerStatuses()))
        .collect(Collectors.joining("; "));
  }

  String namespace() {
    return namespace;
  }

  /** Removes the namespace with all that is in it, without waiting for the end of it. */
  void delete() {
    client.namespaces().withName(namespace).delete();
  }
}
