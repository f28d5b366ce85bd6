package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Brings what a node knows of its pods to the API server, in a thread of its own. What can't be
 * delivered now is delivered as soon as it can, as it is then.
 */
final class PodStatusWriter implements AutoCloseable {
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final PatchContext PATCH = PatchContext.of(PatchType.STRATEGIC_MERGE);

  /** What has to be delivered of one pod: its state or, last of all, its end. */
  private record Delivery(Pod pod, Optional<PodReport> report, boolean last) {}

  private final NodeConnection connection;
  private final Map<String, Delivery> undelivered = new LinkedHashMap<>();
  private final Signal signal = new Signal();
  private volatile boolean closed;

  PodStatusWriter(String node, NodeConnection connection) {
    this.connection = connection;
    Thread thread = new Thread(this::run, "status of pods on " + node);
    thread.setDaemon(true);
    thread.start();
  }

  /** The pod's state has changed, or the API server has it wrong. */
  void write(PodReport report) {
    put(new Delivery(report.pod(), Optional.of(report), false));
  }

  /**
   * The pod's processes have ended for good, or never began: its state is written, and it is
   * removed from the API server.
   *
   * @param report empty when nothing is known but that none of its processes run
   */
  void writeLast(Pod pod, Optional<PodReport> report) {
    put(new Delivery(pod, report, true));
  }

  private void put(Delivery delivery) {
    synchronized (undelivered) {
      undelivered.merge(
          uid(delivery.pod()),
          delivery,
          (before, now) -> new Delivery(now.pod(), now.report(), before.last() || now.last()));
    }
    signal.raise();
  }

  private void run() {
    while (!closed) {
      Map<String, Delivery> round;
      synchronized (undelivered) {
        round = Map.copyOf(undelivered);
        undelivered.clear();
      }
      boolean delivered = true;
      for (Delivery delivery : round.values()) {
        delivered &= deliver(delivery);
      }
      signal.await(() -> closed || hasUndelivered(), delivered ? IDLE : RETRY);
    }
  }

  private boolean hasUndelivered() {
    synchronized (undelivered) {
      return !undelivered.isEmpty();
    }
  }

  private boolean deliver(Delivery delivery) {
    try {
      delivery.report().ifPresent(report -> patch(delivery.pod(), report.status()));
      if (delivery.last()) {
        delete(delivery.pod());
      }
      return true;
    } catch (KubernetesClientException e) {
      if (isGone(e)) {
        return true;
      }
      put(delivery);
      return false;
    }
  }

  private void patch(Pod pod, PodStatus status) {
    connection.ask(
        client -> {
          String patch =
              client
                  .getKubernetesSerialization()
                  .asJson(Map.of("metadata", Map.of("uid", uid(pod)), "status", status));
          return client
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(pod.getMetadata().getName())
              .subresource("status")
              .patch(PATCH, patch);
        });
  }

  /** Removes the pod from the API server, unless another of its name has taken its place. */
  private void delete(Pod pod) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withGracePeriodSeconds(0L)
            .withNewPreconditions()
            .withUid(uid(pod))
            .endPreconditions()
            .build();
    String path =
        "/api/v1/namespaces/%s/pods/%s"
            .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    connection.ask(client -> client.raw(path, "DELETE", options));
  }

  private static boolean isGone(KubernetesClientException e) {
    return e.getCode() == 404 || e.getCode() == 409;
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  @Override
  public void close() {
    closed = true;
    signal.raise();
  }
}
