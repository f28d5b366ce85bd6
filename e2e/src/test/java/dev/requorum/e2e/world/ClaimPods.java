package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A namespace of its own with a claim "data" on a local volume, and pods of nobody's that mount it
 * at /var/lib/etcd, each where member "m0" has its data, and run once.
 */
final class ClaimPods {
  static final String MEMBER = "m0";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String VERSION = Binaries.fromEnvironment().newestVersion("etcd");

  private final World world;
  private final KubernetesClient client;
  private final String namespace;

  ClaimPods(World world, String namespace, String size) {
    this.world = world;
    this.client = world.client();
    this.namespace = namespace;
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    client
        .resource(
            new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(LocalVolumes.STORAGE_CLASS)
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(size)))
                .endResources()
                .endSpec()
                .build())
        .create();
    Await.until(
        "pods may be created",
        LIMIT,
        () -> client.serviceAccounts().inNamespace(namespace).withName("default").get() != null,
        () -> client.serviceAccounts().inNamespace(namespace).list());
  }

  /** A pod's spec that runs this command of etcd's image. */
  static PodSpec etcd(String... command) {
    return spec("gcr.io/etcd-development/etcd:v" + VERSION, List.of(command), List.of());
  }

  /**
   * @param command empty for the image's own
   */
  static PodSpec spec(String image, List<String> command, List<String> arguments) {
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(2L)
        .withContainers(
            new ContainerBuilder()
                .withName("once")
                .withImage(image)
                .withCommand(command)
                .withArgs(arguments)
                .addNewEnv()
                .withName("POD_NAME")
                .withValue(MEMBER)
                .endEnv()
                .addNewVolumeMount()
                .withName("etcd-data")
                .withMountPath("/var/lib/etcd")
                .withSubPathExpr("$(POD_NAME)")
                .endVolumeMount()
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .build())
        .addNewVolume()
        .withName("etcd-data")
        .withNewPersistentVolumeClaim()
        .withClaimName("data")
        .endPersistentVolumeClaim()
        .endVolume()
        .build();
  }

  void start(String name, PodSpec spec) {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withSpec(spec)
                .build())
        .create();
  }

  /** A member that has its data in that directory, running when this returns. */
  WorldPod startMember(String name, String dataDirectory, String node) {
    PodSpec spec =
        new PodSpecBuilder(
                etcd(
                    "/usr/local/bin/etcd",
                    "--data-dir=" + dataDirectory,
                    "--listen-client-urls=http://0.0.0.0:2379",
                    "--advertise-client-urls=http://localhost:2379"))
            .addToNodeSelector("kubernetes.io/hostname", node)
            .build();
    start(name, spec);
    WorldPod member = pod(name);
    Await.until(
        "the member serves",
        LIMIT,
        () -> member.process().filter(each -> each.log().contains("ready to serve")).isPresent(),
        () -> get(name).getStatus());
    return member;
  }

  /** Waits until the pod is in that phase, and returns how its container ended. */
  ContainerStateTerminated awaitEnd(String name, String phase) {
    Await.until(
        "pod %s is %s".formatted(name, phase),
        LIMIT,
        () -> get(name).getStatus().getPhase().equals(phase),
        () -> get(name).getStatus());
    return get(name).getStatus().getContainerStatuses().get(0).getState().getTerminated();
  }

  void delete(String name) {
    client.pods().inNamespace(namespace).withName(name).delete();
    Await.until(
        "pod %s is gone".formatted(name),
        LIMIT,
        () -> client.pods().inNamespace(namespace).withName(name).get() == null,
        () -> get(name).getStatus());
  }

  Pod get(String name) {
    return client.pods().inNamespace(namespace).withName(name).require();
  }

  WorldPod pod(String name) {
    return world.pod(namespace, name);
  }

  String namespace() {
    return namespace;
  }

  /** Where the member's data is. */
  Path directory() {
    return world.volumeDirectory(namespace, "data").resolve(MEMBER);
  }

  void deleteNamespace() {
    client.namespaces().withName(namespace).delete();
  }
}
