package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a node knows of one of its pods, and reports to the API server whenever it can. */
final class PodReport {
  private final Pod pod;
  private final String address;
  private final Instant startTime = Instant.now();
  private final List<ContainerReport> initContainers = new ArrayList<>();
  private final ContainerReport container;
  private final Map<String, PodCondition> conditions = new HashMap<>();
  private final Consumer<PodReport> changed;

  /**
   * @param changed is told after each change
   */
  PodReport(Pod pod, String address, Consumer<PodReport> changed) {
    this.pod = pod;
    this.address = address;
    this.changed = changed;
    List<Container> init = pod.getSpec().getInitContainers();
    for (Container each : init) {
      initContainers.add(new ContainerReport(each, id(each), 0));
    }
    Container main = pod.getSpec().getContainers().get(0);
    this.container = new ContainerReport(main, id(main), earlierRuns(pod));
  }

  private static int earlierRuns(Pod pod) {
    List<ContainerStatus> statuses = pod.getStatus().getContainerStatuses();
    boolean ran = !statuses.isEmpty() && statuses.get(0).getContainerID() != null;
    return ran ? statuses.get(0).getRestartCount() + 1 : 0;
  }

  private String id(Container container) {
    return "process://%s/%s".formatted(pod.getMetadata().getUid(), container.getName());
  }

  Pod pod() {
    return pod;
  }

  void initContainer(int index, Consumer<ContainerReport> change) {
    change(initContainers.get(index), change);
  }

  void container(Consumer<ContainerReport> change) {
    change(container, change);
  }

  private void change(ContainerReport report, Consumer<ContainerReport> change) {
    synchronized (this) {
      change.accept(report);
    }
    changed.accept(this);
  }

  synchronized boolean isReady() {
    return container.isReady();
  }

  synchronized PodStatus status() {
    boolean initialized = initContainers.stream().allMatch(ContainerReport::hasSucceeded);
    condition("PodScheduled", true);
    condition("Initialized", initialized);
    condition("ContainersReady", container.isReady());
    condition("Ready", container.isReady());
    return new PodStatusBuilder()
        .withPhase(phase())
        .withStartTime(Times.text(startTime))
        .withHostIP(Network.ROUTER)
        .addNewHostIP(Network.ROUTER)
        .withPodIP(address)
        .addNewPodIP(address)
        .withConditions(
            List.of(
                conditions.get("PodScheduled"),
                conditions.get("Initialized"),
                conditions.get("ContainersReady"),
                conditions.get("Ready")))
        .withInitContainerStatuses(initContainers.stream().map(ContainerReport::status).toList())
        .withContainerStatuses(container.status())
        .build();
  }

  private String phase() {
    if (container.hasEnded() && !RestartPolicy.of(pod).restartsAfter(container.hasSucceeded())) {
      return container.hasSucceeded() ? "Succeeded" : "Failed";
    }
    return container.hasStarted() ? "Running" : "Pending";
  }

  private void condition(String type, boolean holds) {
    String status = holds ? "True" : "False";
    PodCondition known = conditions.get(type);
    if (known == null || !known.getStatus().equals(status)) {
      conditions.put(
          type,
          new PodConditionBuilder()
              .withType(type)
              .withStatus(status)
              .withLastTransitionTime(Times.text(Instant.now()))
              .build());
    }
  }
}
