package dev.requorum.e2e.scenario;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The operator that is installed on a cluster: one Deployment, which serves all namespaces. */
final class InstalledOperator implements OperatorHandle {

  private static final Duration TO_BE_AVAILABLE = Duration.ofSeconds(180);
  private static final Set<String> IMAGE_TROUBLE =
      Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName");

  private final KubernetesClient client;
  private final OperatorDeployment deployment;
  private final StringBuilder predecessors = new StringBuilder();

  private InstalledOperator(KubernetesClient client) {
    this.client = client;
    this.deployment = new OperatorDeployment(client);
  }

  /**
   * Applies the manifest and waits until the operator is available.
   *
   * @throws IllegalStateException where its image is not to be had, or the {@link OverwriteGuard}
   *     refuses
   */
  static InstalledOperator install(KubernetesClient client) {
    OperatorInstallation.apply(client);
    InstalledOperator operator = new InstalledOperator(client);
    operator.dropPodsWithoutImage();
    operator.awaitAvailable();
    return operator;
  }

  private void awaitAvailable() {
    Await.until(
        "the operator is available",
        TO_BE_AVAILABLE,
        () -> {
          refuseMissingImage();
          return isRolledOut(deployment.stored());
        },
        () -> "%s%n%s".formatted(deployment.pods().stream().map(Pod::getStatus).toList(), log()));
  }

  private static boolean isRolledOut(Deployment deployment) {
    DeploymentStatus status = deployment.getStatus();
    return status != null
        && Objects.equals(status.getObservedGeneration(), deployment.getMetadata().getGeneration())
        && Integer.valueOf(1).equals(status.getReplicas())
        && Integer.valueOf(1).equals(status.getUpdatedReplicas())
        && Integer.valueOf(1).equals(status.getAvailableReplicas());
  }

  /** What an earlier installation left: the kubelet would look for the image again much later. */
  private void dropPodsWithoutImage() {
    deployment.pods().stream()
        .filter(pod -> imageTrouble(pod).isPresent())
        .forEach(pod -> client.resource(pod).delete());
  }

  private void refuseMissingImage() {
    deployment.pods().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .flatMap(pod -> imageTrouble(pod).stream())
        .findFirst()
        .ifPresent(
            trouble -> {
              throw new IllegalStateException(
                  ("the cluster does not have the operator's image %s: load"
                          + " operator-app/target/image/requorum-operator.tar, which 'make image'"
                          + " builds, into it, or let OPERATOR_IMAGE name one that it can pull")
                      .formatted(trouble));
            });
  }

  /** The image that is missing and what the kubelet says of it. */
  private static Optional<String> imageTrouble(Pod pod) {
    for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
      ContainerStateWaiting waiting = container.getState().getWaiting();
      if (waiting != null && IMAGE_TROUBLE.contains(waiting.getReason())) {
        return Optional.of(
            "%s (%s: %s)"
                .formatted(container.getImage(), waiting.getReason(), waiting.getMessage()));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean isAlive() {
    return deployment.pods().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .anyMatch(container -> container.getState().getRunning() != null);
  }

  @Override
  public void kill() {
    deployment.scale(0);
    delete(pod -> client.resource(pod).withGracePeriod(0).delete());
    Await.until(
        "no operator is left",
        TO_BE_AVAILABLE,
        () -> deployment.pods().isEmpty(),
        () -> deployment.pods().toString());
  }

  @Override
  public void start() {
    deployment.scale(1);
  }

  @Override
  public void replace() {
    delete(pod -> client.resource(pod).delete());
  }

  /** Deletes the pods that are there and waits until they are gone. */
  private void delete(Consumer<Pod> deletion) {
    List<Pod> doomed = deployment.pods();
    for (Pod pod : doomed) {
      synchronized (predecessors) {
        predecessors.append(logOf(pod, false));
      }
      deletion.accept(pod);
    }
    Set<String> uids = uids(doomed);
    Await.until(
        "the operator's pods are gone",
        TO_BE_AVAILABLE,
        () -> Collections.disjoint(uids, uids(deployment.pods())),
        () -> deployment.pods().toString());
  }

  private static Set<String> uids(List<Pod> pods) {
    return pods.stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
  }

  @Override
  public String log() {
    StringBuilder log = new StringBuilder();
    synchronized (predecessors) {
      log.append(predecessors);
    }
    for (Pod pod : deployment.pods()) {
      log.append(logOf(pod, true)).append(logOf(pod, false));
    }
    return log.toString();
  }

  private String logOf(Pod pod, boolean previous) {
    try {
      var resource = client.pods().resource(pod).inContainer(OperatorDeployment.CONTAINER);
      return Optional.ofNullable(previous ? resource.terminated().getLog() : resource.getLog())
          .orElse("");
    } catch (KubernetesClientException notThere) {
      return "";
    }
  }

  /** Others are served by it too: it stays, and where it was killed it is started. */
  @Override
  public void close() {
    start();
    awaitAvailable();
  }
}
