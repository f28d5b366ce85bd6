package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The life of one pod on a node, in a thread of its own: its init containers one after the other,
 * then its container, each started again as its restart policy says, until the node tells it to
 * stop.
 */
final class PodWorker {
  private static final Duration PREDECESSOR_LIMIT = Duration.ofMinutes(2);

  private final NodeServices services;
  private final Pod pod;
  private final String key;
  private final PodControl control;
  private final Consumer<PodReport> changed;
  private volatile Optional<PodReport> report = Optional.empty();
  private volatile Optional<PodHost> host = Optional.empty();
  private volatile Optional<ContainerRuns> runs = Optional.empty();
  private volatile boolean ended;

  /**
   * @param changed is told of each change of the pod's state
   */
  PodWorker(NodeServices services, Pod pod, Consumer<PodReport> changed) {
    this.services = services;
    this.pod = pod;
    this.key = PodHost.key(pod);
    this.changed = changed;
    this.control = new PodControl(() -> services.registry().isHeld(key));
  }

  /**
   * Starts the pod.
   *
   * @param afterwards run once, when all of its processes have ended and it is off the network
   */
  void start(Consumer<PodWorker> afterwards) {
    Optional<PodWorker> predecessor =
        services.registry().latest(key).filter(other -> other.services == services);
    services.registry().add(key, this);
    Thread thread = new Thread(() -> live(predecessor, afterwards), "pod " + key);
    thread.setDaemon(true);
    thread.start();
  }

  PodControl control() {
    return control;
  }

  Pod pod() {
    return pod;
  }

  /** Empty until the pod is on the network. */
  Optional<PodReport> report() {
    return report;
  }

  /** The running process of the pod's container, if it runs. */
  Optional<WorldProcess> process() {
    return runs.flatMap(ContainerRuns::process);
  }

  /** Empty until the pod is on the network. */
  Optional<PodHost> host() {
    return host;
  }

  boolean awaitEnd(Duration limit) {
    return control.await(() -> ended, limit);
  }

  private void live(Optional<PodWorker> predecessor, Consumer<PodWorker> afterwards) {
    try {
      // The node knows that the earlier pod of this name is to go, and its address should be free
      // again.
      predecessor.ifPresent(earlier -> earlier.awaitEnd(PREDECESSOR_LIMIT));
      PodHost joined = PodHost.join(services, pod);
      host = Optional.of(joined);
      report = Optional.of(new PodReport(pod, joined.address(), changed));
      runContainers(joined, report.get());
    } finally {
      host.ifPresent(PodHost::leave);
      services.registry().remove(key, this);
      ended = true;
      control.lookAgain();
      afterwards.accept(this);
    }
  }

  private void runContainers(PodHost joined, PodReport state) {
    RestartPolicy policy = RestartPolicy.of(pod);
    if (policy == RestartPolicy.NEVER && services.registry().hasBegun(pod.getMetadata().getUid())) {
      state.container(ContainerReport::lost);
      control.await(control::isStopping);
      return;
    }
    List<Container> init = pod.getSpec().getInitContainers();
    for (int i = 0; i < init.size(); i++) {
      int index = i;
      RestartPolicy untilSuccess =
          policy == RestartPolicy.NEVER ? policy : RestartPolicy.ON_FAILURE;
      if (!runs(joined, init.get(i), change -> state.initContainer(index, change))
          .runAll(untilSuccess)) {
        return;
      }
    }
    Container container = pod.getSpec().getContainers().get(0);
    ContainerRuns main = runs(joined, container, state::container);
    runs = Optional.of(main);
    main.runAll(policy);
    control.await(control::isStopping);
  }

  private ContainerRuns runs(
      PodHost joined, Container container, Consumer<Consumer<ContainerReport>> changes) {
    CrashLoopBackOff backOff =
        new CrashLoopBackOff(
            services.options().initialBackOff(), services.options().maximalBackOff());
    return new ContainerRuns(container, joined, control, backOff, changes);
  }
}
