package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A StatefulSet of etcd members as Requorum makes them, named "etcd", in a namespace of its own.
 */
final class EtcdSet {
  static final Duration READY_LIMIT = Duration.ofSeconds(40);
  private static final Map<String, String> LABELS = Map.of("app", "etcd");

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
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    String members =
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    "etcd-%d=http://etcd-%d.etcd.%s.svc.cluster.local:2380"
                        .formatted(i, i, namespace))
            .collect(Collectors.joining(","));
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("etcd-state")
                .withNamespace(namespace)
                .endMetadata()
                .addToData("ETCD_INITIAL_CLUSTER", members)
                .addToData("ETCD_INITIAL_CLUSTER_STATE", "new")
                .addToData("ETCD_DATA_DIR", "/var/lib/etcd")
                .build())
        .create();
    client
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("etcd")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(LABELS)
                .addNewPort()
                .withName("client")
                .withPort(2379)
                .endPort()
                .endSpec()
                .build())
        .create();
    client.resource(statefulSet(size)).create();
  }

  private StatefulSet statefulSet(int size) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withName("etcd")
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withServiceName("etcd")
        .withReplicas(size)
        .withPodManagementPolicy("Parallel")
        .withNewUpdateStrategy()
        .withType("OnDelete")
        .endUpdateStrategy()
        .withNewSelector()
        .withMatchLabels(LABELS)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(LABELS)
        .endMetadata()
        .withNewSpec()
        .withTerminationGracePeriodSeconds(5L)
        .withContainers(container())
        .endSpec()
        .endTemplate()
        .addNewVolumeClaimTemplate()
        .withNewMetadata()
        .withName("etcd-data")
        .endMetadata()
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withNewResources()
        .addToRequests("storage", new Quantity("1Gi"))
        .endResources()
        .endSpec()
        .endVolumeClaimTemplate()
        .endSpec()
        .build();
  }

  private static Container container() {
    String host = "$(POD_NAME).etcd.$(POD_NAMESPACE).svc.cluster.local";
    return new ContainerBuilder()
        .withName("etcd")
        .withImage("gcr.io/etcd-development/etcd:v3.6.16")
        .withCommand("/usr/local/bin/etcd")
        .withArgs(
            "--name=$(POD_NAME)",
            "--listen-peer-urls=http://0.0.0.0:2380",
            "--listen-client-urls=http://0.0.0.0:2379",
            "--initial-advertise-peer-urls=http://" + host + ":2380",
            "--advertise-client-urls=http://" + host + ":2379",
            "--initial-cluster-token=token")
        .addNewEnv()
        .withName("POD_NAME")
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("metadata.name")
        .endFieldRef()
        .endValueFrom()
        .endEnv()
        .addNewEnv()
        .withName("POD_NAMESPACE")
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath("metadata.namespace")
        .endFieldRef()
        .endValueFrom()
        .endEnv()
        .addNewEnvFrom()
        .withNewConfigMapRef()
        .withName("etcd-state")
        .endConfigMapRef()
        .endEnvFrom()
        .withNewReadinessProbe()
        .withNewHttpGet()
        .withPath("/readyz")
        .withNewPort(2379)
        .endHttpGet()
        .withPeriodSeconds(1)
        .withFailureThreshold(2)
        .endReadinessProbe()
        .addNewVolumeMount()
        .withName("etcd-data")
        .withMountPath("/var/lib/etcd")
        .withSubPathExpr("$(POD_NAME)")
        .endVolumeMount()
        .build();
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

  /** Lets there be exactly the members with those ordinals. */
  void setOrdinals(int start, int replicas) {
    client
        .apps()
        .statefulSets()
        .inNamespace(namespace)
        .withName("etcd")
        .edit(
            found ->
                new StatefulSetBuilder(found)
                    .editSpec()
                    .withReplicas(replicas)
                    .withNewOrdinals(start)
                    .endSpec()
                    .build());
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
