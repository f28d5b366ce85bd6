package dev.requorum.fabric8.controlplane;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;

/** Plays scheduler, kubelets and volume binder: every pod has a node to itself, and starts. */
final class Kubelets {

  private final KubernetesClient admin;
  private final String namespace;

  Kubelets(KubernetesClient admin, String namespace) {
    this.admin = admin;
    this.namespace = namespace;
  }

  void act() {
    for (PersistentVolumeClaim claim :
        admin.persistentVolumeClaims().inNamespace(namespace).list().getItems()) {
      if (claim.getMetadata().getDeletionTimestamp() == null) {
        bind(claim);
      }
    }
    for (Pod pod : admin.pods().inNamespace(namespace).list().getItems()) {
      if (pod.getMetadata().getDeletionTimestamp() != null) {
        admin.pods().resource(pod).withGracePeriod(0).delete();
      } else if (pod.getSpec().getNodeName() == null) {
        schedule(pod);
      } else if (!Boolean.TRUE.equals(isReady(pod))) {
        start(pod);
      }
    }
  }

  static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  void start(Pod pod) {
    ContainerState running =
        new ContainerStateBuilder()
            .withNewRunning()
            .withStartedAt(Instant.now().toString())
            .endRunning()
            .build();
    replaceStatus(pod, status(pod, true, restarts(pod), running));
  }

  void crash(Pod pod, String reason) {
    ContainerState waiting =
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage("back-off")
            .endWaiting()
            .build();
    replaceStatus(pod, status(pod, false, restarts(pod) + 1, waiting));
  }

  /** The kubelet's heartbeats, or their absence: {@code True}, {@code False}, {@code Unknown}. */
  void heartbeat(String node, String ready) {
    admin
        .nodes()
        .withName(node)
        .editStatus(
            now ->
                new NodeBuilder(now)
                    .editOrNewStatus()
                    .withConditions(
                        new NodeConditionBuilder().withType("Ready").withStatus(ready).build())
                    .endStatus()
                    .build());
  }

  private void bind(PersistentVolumeClaim claim) {
    if (!"Bound".equals(claim.getStatus().getPhase())) {
      claim.getStatus().setPhase("Bound");
      admin.persistentVolumeClaims().resource(claim).updateStatus();
    }
  }

  void schedule(Pod pod) {
    String node = "node-of-" + namespace + "-" + pod.getMetadata().getName();
    if (admin.nodes().withName(node).get() == null) {
      admin
          .nodes()
          .resource(new NodeBuilder().withNewMetadata().withName(node).endMetadata().build())
          .create();
      heartbeat(node, "True");
    }
    admin
        .bindings()
        .inNamespace(namespace)
        .resource(
            new BindingBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .withNamespace(namespace)
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build())
        .create();
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .mapToInt(ContainerStatus::getRestartCount)
        .max()
        .orElse(0);
  }

  private static PodStatus status(Pod pod, boolean ready, int restarts, ContainerState state) {
    return new PodStatusBuilder(pod.getStatus())
        .withPhase("Running")
        .withPodIP("10.1.2.3")
        .withPodIPs(new io.fabric8.kubernetes.api.model.PodIP("10.1.2.3"))
        .withConditions(
            new io.fabric8.kubernetes.api.model.PodConditionBuilder()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .build())
        .withContainerStatuses(
            new ContainerStatusBuilder()
                .withName("etcd")
                .withImage(pod.getSpec().getContainers().get(0).getImage())
                .withImageID("")
                .withReady(ready)
                .withRestartCount(restarts)
                .withState(state)
                .build())
        .build();
  }

  void replaceStatus(Pod pod, PodStatus status) {
    admin.pods().resource(new PodBuilder(pod).withStatus(status).build()).updateStatus();
  }
}
