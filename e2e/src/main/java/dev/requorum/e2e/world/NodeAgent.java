package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a node, from its boot to its death: it shows the API server that it is alive, and runs
 * the pods that are bound to it. While the API server can't be reached its pods go on as they are;
 * afterwards it takes up what it missed.
 */
final class NodeAgent implements ResourceEventHandler<Pod> {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
  private static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);
  private static final Duration FORCED_GRACE = Duration.ofSeconds(1);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

  private final NodeServices services;
  private final NodeConnection connection;
  private final NodeRegistration registration;
  private final PodStatusWriter writer;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
  private final Signal signal = new Signal();
  private final Thread thread;
  private Optional<SharedIndexInformer<Pod>> pods = Optional.empty();
  private volatile boolean killed;

  NodeAgent(NodeServices services) {
    this.services = services;
    this.connection = services.connection();
    this.registration = new NodeRegistration(services.node());
    this.writer = new PodStatusWriter(services.node(), connection);
    this.thread = new Thread(this::run, services.node());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The node loses its power: its processes are dead when this returns, and nobody is told. */
  void kill() {
    killed = true;
    signal.raise();
    writer.close();
    workers.values().forEach(worker -> worker.control().stop(Duration.ZERO));
    workers.values().forEach(worker -> worker.awaitEnd(END_LIMIT));
    try {
      thread.join(END_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!killed) {
      try {
        connection.ask(registration::beat);
        if (pods.isEmpty()) {
          pods = Optional.of(connection.ask(this::subscribe));
        }
      } catch (KubernetesClientException e) {
        LOG.info("{} can't reach the API server: {}", services.node(), e.getMessage());
        unsubscribe();
        connection.renew();
      }
      signal.await(() -> killed, BETWEEN_BEATS);
    }
    unsubscribe();
    connection.close();
  }

  private SharedIndexInformer<Pod> subscribe(KubernetesClient client) {
    SharedIndexInformer<Pod> informer =
        client.pods().inAnyNamespace().withField("spec.nodeName", services.node()).inform(this, 0);
    Set<String> known =
        informer.getStore().list().stream().map(NodeAgent::uid).collect(Collectors.toSet());
    workers.forEach(
        (uid, worker) -> {
          if (!known.contains(uid)) {
            worker.control().stop(FORCED_GRACE);
          }
        });
    return informer;
  }

  private void unsubscribe() {
    pods.ifPresent(SharedIndexInformer::close);
    pods = Optional.empty();
  }

  @Override
  public synchronized void onAdd(Pod pod) {
    if (killed) {
      return;
    }
    Optional<PodWorker> worker = Optional.ofNullable(workers.get(uid(pod)));
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      worker.ifPresentOrElse(
          running -> running.control().stop(grace(pod)),
          () -> writer.writeLast(pod, Optional.empty()));
    } else if (worker.isPresent()) {
      worker.get().report().filter(report -> isWrong(pod, report)).ifPresent(writer::write);
    } else if (!FINISHED.contains(pod.getStatus().getPhase())) {
      PodWorker started = new PodWorker(services, pod, writer::write);
      workers.put(uid(pod), started);
      started.start(this::ended);
    }
  }

  @Override
  public void onUpdate(Pod before, Pod now) {
    onAdd(now);
  }

  @Override
  public synchronized void onDelete(Pod pod, boolean finalStateUnknown) {
    Optional.ofNullable(workers.get(uid(pod)))
        .ifPresent(worker -> worker.control().stop(FORCED_GRACE));
  }

  private void ended(PodWorker worker) {
    workers.remove(uid(worker.pod()));
    if (!killed) {
      writer.writeLast(worker.pod(), worker.report());
    }
  }

  /**
   * Whether the API server believes otherwise of the pod's readiness; it does after the node was
   * away for a while.
   */
  private static boolean isWrong(Pod pod, PodReport report) {
    boolean believed =
        pod.getStatus().getConditions().stream()
            .anyMatch(each -> each.getType().equals("Ready") && each.getStatus().equals("True"));
    return believed != report.isReady();
  }

  private static Duration grace(Pod pod) {
    return Duration.ofSeconds(
        Objects.requireNonNullElse(pod.getMetadata().getDeletionGracePeriodSeconds(), 30L));
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
