package dev.requorum.operator.objects;

import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.api.StorageSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpecBuilder;
import java.util.List;
import java.util.Map;

/** The StatefulSet {@code <name>} (O02). */
final class EtcdStatefulSet {

  private EtcdStatefulSet() {}

  static StatefulSet create(EtcdCluster cluster, String image, EngineOwned engine) {
    return withSpec(
        cluster,
        engine,
        template(cluster, image, engine)
            .withServiceName(cluster.getMetadata().getName())
            .withPodManagementPolicy("Parallel")
            .withNewSelector()
            .withMatchLabels(Ownership.selector(cluster))
            .endSelector()
            .withVolumeClaimTemplates(claimTemplates(cluster.getSpec().storageSpec)));
  }

  /**
   * The same for one that is there: what belongs to the engine, and what Kubernetes lets nobody
   * change, stays as it is, and it is only valid for the version that was read.
   */
  static StatefulSet update(EtcdCluster cluster, String image, StatefulSet live) {
    EngineOwned engine = EngineOwned.of(live);
    StatefulSet wanted =
        withSpec(
            cluster,
            engine,
            template(cluster, image, engine)
                .withServiceName(live.getSpec().getServiceName())
                .withPodManagementPolicy(live.getSpec().getPodManagementPolicy())
                .withSelector(live.getSpec().getSelector())
                .withVolumeClaimTemplates(live.getSpec().getVolumeClaimTemplates()));
    wanted.getMetadata().setResourceVersion(live.getMetadata().getResourceVersion());
    return wanted;
  }

  /** Nobody but the engine restarts a pod: hence OnDelete. */
  private static StatefulSetSpecBuilder template(
      EtcdCluster cluster, String image, EngineOwned engine) {
    return new StatefulSetSpecBuilder()
        .withReplicas(engine.window().replicas())
        .withNewOrdinals()
        .withStart(engine.window().start())
        .endOrdinals()
        .withNewUpdateStrategy()
        .withType("OnDelete")
        .endUpdateStrategy()
        .withNewPersistentVolumeClaimRetentionPolicy(whenDeleted(cluster), "Retain")
        .withTemplate(new EtcdPod(cluster, image).template(engine.forceFlag()));
  }

  private static StatefulSet withSpec(
      EtcdCluster cluster, EngineOwned engine, StatefulSetSpecBuilder spec) {
    StatefulSet statefulSet =
        new StatefulSetBuilder()
            .withMetadata(Ownership.metadata(cluster, cluster.getMetadata().getName()))
            .withSpec(spec.build())
            .build();
    engine
        .armedFor()
        .ifPresent(
            incident ->
                statefulSet
                    .getMetadata()
                    .setAnnotations(Map.of(EngineOwned.ARMED_ANNOTATION, incident)));
    return statefulSet;
  }

  private static String whenDeleted(EtcdCluster cluster) {
    StorageSpec storage = cluster.getSpec().storageSpec;
    boolean delete =
        storage != null && storage.volumeRetention == StorageSpec.VolumeRetention.Delete;
    return delete ? "Delete" : "Retain";
  }

  private static List<PersistentVolumeClaim> claimTemplates(StorageSpec storage) {
    if (storage == null || storage.accessModes == StorageSpec.AccessMode.ReadWriteMany) {
      return List.of();
    }
    Quantity limit =
        storage.volumeSizeLimit == null ? storage.volumeSizeRequest : storage.volumeSizeLimit;
    return List.of(
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName(EtcdPod.DATA_VOLUME)
            .endMetadata()
            .withNewSpec()
            .withAccessModes("ReadWriteOnce")
            .withStorageClassName(storage.storageClassName)
            .withNewResources()
            .addToRequests("storage", storage.volumeSizeRequest)
            .addToLimits("storage", limit)
            .endResources()
            .endSpec()
            .build());
  }
}
