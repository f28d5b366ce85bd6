package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The runs of one container of a pod: one after the other, with the back-off between them. */
final class ContainerRuns {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int LONGEST_MESSAGE_BYTES = 2048;

  private final Container container;
  private final PodHost host;
  private final PodControl control;
  private final CrashLoopBackOff backOff;
  private final Consumer<Consumer<ContainerReport>> report;
  private volatile Optional<WorldProcess> process = Optional.empty();

  /**
   * @param report takes each change of what is to be reported of the container
   */
  ContainerRuns(
      Container container,
      PodHost host,
      PodControl control,
      CrashLoopBackOff backOff,
      Consumer<Consumer<ContainerReport>> report) {
    this.container = container;
    this.host = host;
    this.control = control;
    this.backOff = backOff;
    this.report = report;
  }

  Optional<WorldProcess> process() {
    return process.filter(WorldProcess::isAlive);
  }

  /**
   * Runs the container until it is not to be restarted; returns false where the pod was told to
   * stop before.
   */
  boolean runAll(RestartPolicy policy) {
    while (!control.isStopping()) {
      Optional<Integer> status = runOnce();
      if (status.isPresent() && !policy.restartsAfter(status.get() == 0)) {
        return true;
      }
    }
    return false;
  }

  /** One run, with the wait after it; no status where the container could not be started. */
  private Optional<Integer> runOnce() {
    if (control.isHeld()) {
      waiting("CrashLoopBackOff", "the world holds this pod down");
      control.await(() -> control.isStopping() || !control.isHeld());
      return Optional.empty();
    }
    try {
      Instant started = Instant.now();
      int status = runToEnd(started);
      backOff(status, backOff.after(Duration.between(started, Instant.now())));
      return Optional.of(status);
    } catch (CannotStartException e) {
      waiting(e.reason(), e.getMessage());
      boolean stopping = control.await(control::isStopping, RETRY);
      if (!stopping && e.reason().equals("ErrImagePull")) {
        waiting("ImagePullBackOff", e.getMessage());
        control.await(control::isStopping, RETRY);
      }
      return Optional.empty();
    }
  }

  private int runToEnd(Instant started) throws CannotStartException {
    WorldProcess running = host.launch(container);
    process = Optional.of(running);
    running.ended().thenRun(control::lookAgain);
    report.accept(now -> now.running(started));
    try {
      awaitReasonToEnd(running);
    } finally {
      control.end(running);
    }
    int status = running.awaitEnd(RETRY);
    String message = status == 0 ? "" : lastWords(running);
    report.accept(now -> now.terminated(status, message, started, Instant.now()));
    return status;
  }

  private String lastWords(WorldProcess ended) {
    return "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy())
        ? ended.logTail(LONGEST_MESSAGE_BYTES)
        : "";
  }

  private void awaitReasonToEnd(WorldProcess running) throws CannotStartException {
    ReadinessProbe probe = ReadinessProbe.start(container, host.address(), this::reportReadiness);
    control.await(() -> !running.isAlive() || control.isStopping() || control.isHeld());
    probe.close();
  }

  private void reportReadiness(boolean ready) {
    report.accept(now -> now.ready(ready));
  }

  private void backOff(int status, Duration wait) {
    if (wait.isZero() || control.isStopping() || control.isHeld()) {
      return;
    }
    waiting(
        "CrashLoopBackOff",
        "back-off %s ms restarting container %s, which ended with status %d"
            .formatted(wait.toMillis(), container.getName(), status));
    control.await(() -> control.isStopping() || control.isHeld(), wait);
  }

  private void waiting(String reason, String message) {
    report.accept(now -> now.waiting(reason, message));
  }
}
