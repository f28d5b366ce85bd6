package dev.requorum.fabric8;

import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a StatefulSet says, in the words of the ports. */
final class StatefulSets {

  /** The annotation that marks an armed StatefulSet (S14). */
  static final String ARMED_FOR = "operator.etcd.io/force-new-cluster";

  private StatefulSets() {}

  static StatefulSetView view(StatefulSet object) {
    return new StatefulSetView(
        object.getMetadata().getUid(),
        object.getMetadata().getGeneration(),
        window(object),
        armedFor(object),
        EtcdContainer.forced(object.getSpec().getTemplate().getSpec().getContainers()),
        storage(object),
        EtcdContainer.of(object.getSpec().getTemplate().getSpec().getContainers()).imageTag());
  }

  static OrdinalWindow window(StatefulSet object) {
    Integer replicas = object.getSpec().getReplicas();
    Integer start =
        object.getSpec().getOrdinals() == null ? null : object.getSpec().getOrdinals().getStart();
    return new OrdinalWindow(start == null ? 0 : start, replicas == null ? 1 : replicas);
  }

  static Optional<String> armedFor(StatefulSet object) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(ARMED_FOR));
  }

  static Storage storage(StatefulSet object) {
    if (object.getSpec().getVolumeClaimTemplates().stream()
        .anyMatch(claim -> ClusterObjects.CLAIM_TEMPLATE.equals(claim.getMetadata().getName()))) {
      return Storage.CLAIM_PER_MEMBER;
    }
    return sharedClaim(object).isPresent() ? Storage.SHARED_CLAIM : Storage.EPHEMERAL;
  }

  /** The claim that the pod template itself mounts; empty where it mounts none. */
  static Optional<String> sharedClaim(StatefulSet object) {
    List<Volume> volumes = object.getSpec().getTemplate().getSpec().getVolumes();
    return volumes.stream()
        .map(Volume::getPersistentVolumeClaim)
        .filter(Objects::nonNull)
        .map(PersistentVolumeClaimVolumeSource::getClaimName)
        .findFirst();
  }

  /** The labels that its pods and claims carry. */
  static Map<String, String> podLabels(StatefulSet object) {
    return object.getSpec().getSelector().getMatchLabels();
  }

  /**
   * The revision of the template of now, as pods carry it in a label; empty until the controller
   * has caught up with the spec.
   */
  static Optional<String> updateRevision(StatefulSet object) {
    StatefulSetStatus status = object.getStatus();
    if (status == null
        || status.getObservedGeneration() == null
        || status.getObservedGeneration() < object.getMetadata().getGeneration()) {
      return Optional.empty();
    }
    return Optional.ofNullable(status.getUpdateRevision());
  }

  static JsonPatch resized(StatefulSet object, OrdinalWindow window) {
    JsonPatch patch = new JsonPatch();
    if (window(object).equals(window)) {
      return patch;
    }
    if (object.getSpec().getOrdinals() == null) {
      patch.set("/spec/ordinals", Map.of("start", window.start()));
    } else {
      patch.set("/spec/ordinals/start", window.start());
    }
    return patch.set("/spec/replicas", window.replicas());
  }

  static JsonPatch armed(StatefulSet object, String incident) {
    JsonPatch patch = new JsonPatch();
    List<Container> containers = object.getSpec().getTemplate().getSpec().getContainers();
    if (!EtcdContainer.forced(containers)) {
      EtcdContainer.of(containers).addForce(patch);
    }
    if (!armedFor(object).equals(Optional.of(incident))) {
      Map<String, String> annotations = object.getMetadata().getAnnotations();
      if (annotations == null || annotations.isEmpty()) {
        patch.set("/metadata/annotations", Map.of(ARMED_FOR, incident));
      } else {
        patch.set("/metadata/annotations/" + JsonPatch.escape(ARMED_FOR), incident);
      }
    }
    return patch;
  }

  static JsonPatch disarmed(StatefulSet object) {
    JsonPatch patch = new JsonPatch();
    List<Container> containers = object.getSpec().getTemplate().getSpec().getContainers();
    if (EtcdContainer.forced(containers)) {
      EtcdContainer.of(containers).removeForce(patch);
    }
    if (armedFor(object).isPresent()) {
      patch.remove("/metadata/annotations/" + JsonPatch.escape(ARMED_FOR));
    }
    return patch;
  }
}
