package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod of the local world")
class PodStartTest {
  private static final String NAMESPACE = "pod-start";
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String VERSION = Binaries.fromEnvironment().newestVersion("etcd");
  private static final KubernetesClient CLIENT = SharedWorld.get().client();

  @BeforeAll
  static void createNamespace() {
    CLIENT
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    Await.until(
        "pods may be created",
        LIMIT,
        () -> CLIENT.serviceAccounts().inNamespace(NAMESPACE).withName("default").get() != null,
        () -> CLIENT.serviceAccounts().inNamespace(NAMESPACE).list());
  }

  @AfterAll
  static void deleteNamespace() {
    CLIENT.namespaces().withName(NAMESPACE).delete();
  }

  @Test
  @DisplayName("waits in ImagePullBackOff when its image is of a version that nobody has")
  void unknownImage() {
    create(pod("unknown-image").editSpec().withContainers(container("etcd", "9.9.9")).endSpec());

    awaitPod("unknown-image", pod -> waitsFor(pod, "ErrImagePull"));
    awaitPod("unknown-image", pod -> waitsFor(pod, "ImagePullBackOff"));
  }

  @Test
  @DisplayName("waits for a ConfigMap that is not there, and starts when it is")
  void missingConfigMap() {
    Container container =
        new ContainerBuilder(container("etcd", VERSION))
            .addNewEnvFrom()
            .withNewConfigMapRef()
            .withName("late")
            .endConfigMapRef()
            .endEnvFrom()
            .build();
    create(pod("late-config").editSpec().withContainers(container).endSpec());
    awaitPod("late-config", pod -> waitsFor(pod, "CreateContainerConfigError"));

    CLIENT
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("late")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .addToData("ETCD_NAME", "from-the-config-map")
                .build())
        .create();

    awaitPod("late-config", pod -> pod.getStatus().getPhase().equals("Running"));
    WorldProcess process = SharedWorld.get().pod(NAMESPACE, "late-config").process().orElseThrow();
    Await.until(
        "etcd has its name from there",
        LIMIT,
        () -> process.log().contains("\"name\":\"from-the-config-map\""),
        process::log);
  }

  @Test
  @DisplayName("runs its init containers to their end, one after the other, before its container")
  void initContainers() {
    Container restore =
        new ContainerBuilder(container("first", VERSION)).withCommand("etcdutl", "version").build();
    Container failing =
        new ContainerBuilder(container("second", VERSION))
            .withCommand("etcdutl", "no-such-command")
            .build();
    create(
        pod("init")
            .editSpec()
            .withInitContainers(restore, failing)
            .withContainers(container("etcd", VERSION))
            .endSpec());

    awaitPod(
        "init",
        pod -> {
          List<ContainerStatus> init = pod.getStatus().getInitContainerStatuses();
          return init.size() == 2
              && init.get(0).getReady()
              && init.get(1).getRestartCount() > 0
              && waitsFor(pod, "PodInitializing");
        });
    assertThat(get("init").getStatus().getPhase()).isEqualTo("Pending");
  }

  @Test
  @DisplayName(
      "that is not to be restarted has succeeded when its container ends with status 0, and failed otherwise")
  void restartPolicyNever() {
    Container good =
        new ContainerBuilder(container("good", VERSION)).withCommand("etcdctl", "version").build();
    Container bad =
        new ContainerBuilder(container("bad", VERSION)).withCommand("etcdctl", "nonsense").build();
    create(pod("good").editSpec().withRestartPolicy("Never").withContainers(good).endSpec());
    create(pod("bad").editSpec().withRestartPolicy("Never").withContainers(bad).endSpec());

    awaitPod("good", pod -> pod.getStatus().getPhase().equals("Succeeded"));
    awaitPod("bad", pod -> pod.getStatus().getPhase().equals("Failed"));
  }

  private static PodBuilder pod(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .withNewSpec()
        .withTerminationGracePeriodSeconds(1L)
        .endSpec();
  }

  private static Container container(String name, String version) {
    return new ContainerBuilder()
        .withName(name)
        .withImage("gcr.io/etcd-development/etcd:v" + version)
        .build();
  }

  private static void create(PodBuilder pod) {
    CLIENT.resource(pod.build()).create();
  }

  private static Pod get(String name) {
    return CLIENT.pods().inNamespace(NAMESPACE).withName(name).get();
  }

  private static void awaitPod(String name, Predicate<Pod> condition) {
    Await.until(
        "the pod is as it should be",
        LIMIT,
        () -> condition.test(get(name)),
        () -> get(name).getStatus());
  }

  private static boolean waitsFor(Pod pod, String reason) {
    return pod.getStatus().getContainerStatuses().stream()
        .anyMatch(
            each ->
                each.getState().getWaiting() != null
                    && each.getState().getWaiting().getReason().equals(reason));
  }
}
