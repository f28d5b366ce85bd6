package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds pods to nodes, as soon as their claims are bound to volumes. */
final class Scheduler implements ResourceEventHandler<Pod>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final SharedIndexInformer<Pod> pending;
  private final Signal signal = new Signal();
  private volatile boolean changed;
  private volatile boolean closed;

  Scheduler(KubernetesClient client) {
    this.client = client;
    this.pending = client.pods().inAnyNamespace().withField("spec.nodeName", "").inform(this, 0);
    Thread thread = new Thread(this::run, "scheduler");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!closed) {
      changed = false;
      List<Pod> pods = pending.getStore().list();
      for (Pod pod : pods) {
        try {
          place(pod);
        } catch (KubernetesClientException e) {
          LOG.info("can't place {} yet: {}", PodHost.key(pod), e.getMessage());
        }
      }
      signal.await(() -> closed || changed, pods.isEmpty() ? IDLE : RETRY);
    }
  }

  private void place(Pod pod) {
    List<Optional<PersistentVolume>> volumes = volumes(pod);
    if (pod.getMetadata().getDeletionTimestamp() == null
        && volumes.stream().allMatch(Optional::isPresent)) {
      place(pod, volumes.stream().flatMap(Optional::stream).toList());
    }
  }

  private void place(Pod pod, List<PersistentVolume> volumes) {
    List<Node> nodes =
        client.nodes().list().getItems().stream()
            .filter(node -> volumes.stream().allMatch(each -> LocalVolumes.isWithin(each, node)))
            .toList();
    Collection<Pod> placed = client.pods().inAnyNamespace().list().getItems();
    Placement.choose(pod, nodes, placed)
        .ifPresent(
            node -> {
              volumes.forEach(volume -> LocalVolumes.settle(client, volume, node));
              bind(pod, node);
            });
  }

  /** The volumes that the pod's claims are bound to; empty for a claim that is not. */
  private List<Optional<PersistentVolume>> volumes(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .map(Volume::getPersistentVolumeClaim)
        .filter(Objects::nonNull)
        .map(source -> volume(pod, source.getClaimName()))
        .toList();
  }

  private Optional<PersistentVolume> volume(Pod pod, String name) {
    PersistentVolumeClaim claim =
        client
            .persistentVolumeClaims()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(name)
            .get();
    return Optional.ofNullable(claim)
        .filter(found -> found.getMetadata().getDeletionTimestamp() == null)
        .filter(found -> "Bound".equals(found.getStatus().getPhase()))
        .map(found -> client.persistentVolumes().withName(found.getSpec().getVolumeName()).get());
  }

  private void bind(Pod pod, String node) {
    Binding binding =
        new BindingBuilder()
            .withNewMetadata()
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .endMetadata()
            .withNewTarget()
            .withApiVersion("v1")
            .withKind("Node")
            .withName(node)
            .endTarget()
            .build();
    client.bindings().inNamespace(pod.getMetadata().getNamespace()).resource(binding).create();
  }

  @Override
  public void onAdd(Pod pod) {
    changed = true;
    signal.raise();
  }

  @Override
  public void onUpdate(Pod before, Pod now) {
    onAdd(now);
  }

  @Override
  public void onDelete(Pod pod, boolean finalStateUnknown) {
    // Bound or gone: nothing to do for it.
  }

  @Override
  public void close() {
    closed = true;
    signal.raise();
    pending.close();
  }
}
