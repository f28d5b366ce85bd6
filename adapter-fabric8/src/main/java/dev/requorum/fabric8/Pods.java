package dev.requorum.fabric8;

import dev.requorum.ports.kubernetes.PodView;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pod says, in the words of the ports. */
final class Pods {

  private static final String REVISION_LABEL = "controller-revision-hash";

  private Pods() {}

  /**
   * @param revision that of the StatefulSet's template of now; where it is not known, no pod is
   *     called outdated
   */
  static PodView view(Pod pod, Optional<String> revision) {
    PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    Optional<ContainerStatus> etcd = etcdStatus(pod, status);
    boolean running =
        etcd.map(ContainerStatus::getState).map(ContainerState::getRunning).isPresent();
    return new PodView(
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        text(status.getPodIP()),
        text(pod.getSpec().getNodeName()),
        condition(status, "Ready").filter(ready -> "True".equals(ready.getStatus())).isPresent(),
        running,
        pod.getMetadata().getDeletionTimestamp() != null,
        EtcdContainer.forced(pod.getSpec().getContainers()),
        revision.filter(wanted -> !wanted.equals(revision(pod))).isPresent(),
        etcd.map(ContainerStatus::getRestartCount).orElse(0),
        running ? "" : detail(status));
  }

  private static String revision(Pod pod) {
    return pod.getMetadata().getLabels() == null
        ? null
        : pod.getMetadata().getLabels().get(REVISION_LABEL);
  }

  private static Optional<ContainerStatus> etcdStatus(Pod pod, PodStatus status) {
    String name = EtcdContainer.of(pod.getSpec().getContainers()).container().getName();
    return status.getContainerStatuses().stream()
        .filter(container -> container.getName().equals(name))
        .findFirst();
  }

  /** Why it does not run, in Kubernetes' words; or empty. */
  static String detail(Pod pod) {
    return pod.getStatus() == null ? "" : detail(pod.getStatus());
  }

  private static String detail(PodStatus status) {
    List<String> details = new ArrayList<>();
    text(status.getReason())
        .ifPresent(reason -> details.add(sentence(reason, status.getMessage())));
    condition(status, "PodScheduled")
        .filter(scheduled -> "False".equals(scheduled.getStatus()))
        .ifPresent(
            scheduled -> details.add(sentence(scheduled.getReason(), scheduled.getMessage())));
    status.getInitContainerStatuses().forEach(container -> addStates(container, details));
    status.getContainerStatuses().forEach(container -> addStates(container, details));
    return String.join("; ", details);
  }

  private static void addStates(ContainerStatus container, List<String> details) {
    ContainerState now = container.getState();
    if (now != null && now.getWaiting() != null) {
      ContainerStateWaiting waiting = now.getWaiting();
      details.add(sentence(waiting.getReason(), waiting.getMessage()));
    }
    if (now != null) {
      addExit(container.getName(), now.getTerminated(), details);
    }
    if (container.getLastState() != null) {
      addExit(container.getName(), container.getLastState().getTerminated(), details);
    }
  }

  private static void addExit(String name, ContainerStateTerminated exit, List<String> details) {
    if (exit != null && !Integer.valueOf(0).equals(exit.getExitCode())) {
      details.add(
          "container %s ended with exit code %s (%s)"
              .formatted(name, exit.getExitCode(), text(exit.getReason()).orElse("no reason")));
    }
  }

  private static Optional<PodCondition> condition(PodStatus status, String type) {
    return status.getConditions().stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }

  private static String sentence(String reason, String message) {
    String word = text(reason).orElse("no reason given");
    return text(message).map(words -> word + ": " + words).orElse(word);
  }

  private static Optional<String> text(String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }
}
