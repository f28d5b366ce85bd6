package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import java.time.Instant;

/** What a node reports of one container. Guarded by the pod's report, of which it is a part. */
final class ContainerReport {
  private static final int STATUS_OF_LOST = 255;

  private final Container container;
  private final String id;
  private ContainerState state;
  private ContainerState lastState = new ContainerState();
  private int restarts;
  private boolean ready;

  /**
   * @param restarts how many times a predecessor was started anew, where the node was rebooted
   *     under the pod
   */
  ContainerReport(Container container, String id, int restarts) {
    this.container = container;
    this.id = id;
    this.restarts = restarts;
    waiting("PodInitializing", "");
  }

  void waiting(String reason, String message) {
    ready = false;
    state =
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .build();
  }

  void running(Instant startedAt) {
    if (state.getTerminated() != null || lastState.getTerminated() != null) {
      restarts++;
    }
    state =
        new ContainerStateBuilder()
            .withNewRunning()
            .withStartedAt(Times.text(startedAt))
            .endRunning()
            .build();
  }

  /**
   * @param message its last words; may be empty
   */
  void terminated(int exitCode, String message, Instant startedAt, Instant finishedAt) {
    ready = false;
    state =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withContainerID(id)
            .withExitCode(exitCode)
            .withReason(exitCode == 0 ? "Completed" : "Error")
            .withMessage(message.isEmpty() ? null : message)
            .withStartedAt(Times.text(startedAt))
            .withFinishedAt(Times.text(finishedAt))
            .endTerminated()
            .build();
    lastState = state;
  }

  /** It ended with the node, and nobody saw how. */
  void lost() {
    ready = false;
    state =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withContainerID(id)
            .withExitCode(STATUS_OF_LOST)
            .withReason("Unknown")
            .endTerminated()
            .build();
    lastState = state;
  }

  void ready(boolean now) {
    ready = now && state.getRunning() != null;
  }

  boolean isReady() {
    return ready;
  }

  boolean hasStarted() {
    return state.getRunning() != null || lastState.getTerminated() != null;
  }

  boolean hasSucceeded() {
    return state.getTerminated() != null && state.getTerminated().getExitCode() == 0;
  }

  boolean hasEnded() {
    return state.getTerminated() != null;
  }

  ContainerStatus status() {
    return new ContainerStatusBuilder()
        .withName(container.getName())
        .withImage(container.getImage())
        .withImageID(container.getImage())
        .withContainerID(hasStarted() ? id : null)
        .withState(state)
        .withLastState(state.equals(lastState) ? new ContainerState() : lastState)
        .withRestartCount(restarts)
        .withReady(ready || hasSucceeded())
        .withStarted(state.getRunning() != null)
        .build();
  }
}
