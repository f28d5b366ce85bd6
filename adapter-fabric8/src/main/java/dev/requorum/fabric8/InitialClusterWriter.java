package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.kubernetes.InitialCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the ConfigMap {@code <name>-state}. All of its data is the operator's, since etcd reads
 * every variable in it; its labels, annotations and owners are left as they are. A write is locked
 * to the version at which the content that it was decided upon was found again.
 */
final class InitialClusterWriter {

  private static final int TRIES = 5;

  private final ApiServer api;
  private final ClusterRef cluster;
  private final String what;

  InitialClusterWriter(ApiServer api, ClusterRef cluster) {
    this.api = api;
    this.cluster = cluster;
    this.what =
        "write ConfigMap %s/%s"
            .formatted(cluster.namespace(), InitialClusterData.configMapName(cluster));
  }

  /**
   * @param seen what the content was decided upon
   */
  Outcome write(Optional<InitialCluster> seen, InitialCluster content) {
    Map<String, String> data = InitialClusterData.render(content);
    ClusterObjects objects = new ClusterObjects(api, cluster);
    for (int i = 0; i < TRIES; i++) {
      Optional<ConfigMap> live = objects.initialCluster();
      Optional<InitialCluster> now = live.map(InitialClusterData::parse);
      if (!now.equals(seen) && !now.equals(Optional.of(content))) {
        return Outcome.refused(
            "ConfigMap %s/%s is another one by now than what this was decided upon"
                .formatted(cluster.namespace(), InitialClusterData.configMapName(cluster)));
      }
      Optional<Outcome> outcome = live.isPresent() ? update(live.get(), data) : create(data);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new PortFailure(what, "it was changed meanwhile, " + TRIES + " times in a row");
  }

  /** Empty where it was overtaken. */
  private Optional<Outcome> update(ConfigMap live, Map<String, String> data) {
    Optional<OwnerReference> stranger =
        live.getMetadata().getOwnerReferences().stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .filter(owner -> !isCluster(owner))
            .findFirst();
    if (stranger.isPresent()) {
      return Optional.of(
          Outcome.refused(
              "ConfigMap %s/%s belongs to %s %s"
                  .formatted(
                      cluster.namespace(),
                      live.getMetadata().getName(),
                      stranger.get().getKind(),
                      stranger.get().getName())));
    }
    if (data.equals(live.getData())) {
      return Optional.of(Outcome.done());
    }
    String patch = new JsonPatch().set("/data", data).lockedTo(live);
    return api.unlessOvertaken(
            what,
            () ->
                api.client()
                    .configMaps()
                    .inNamespace(cluster.namespace())
                    .resource(live)
                    .patch(JsonPatch.CONTEXT, patch))
        .map(written -> Outcome.done());
  }

  private boolean isCluster(OwnerReference owner) {
    return owner.getKind().equals(EtcdClusters.KIND) && owner.getName().equals(cluster.name());
  }

  /** Empty where somebody else made it meanwhile. */
  private Optional<Outcome> create(Map<String, String> data) {
    Optional<GenericKubernetesResource> owner = new EtcdClusters(api).find(cluster);
    if (owner.isEmpty()) {
      return Optional.of(Outcome.refused("EtcdCluster %s does not exist".formatted(cluster)));
    }
    ConfigMap fresh =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(InitialClusterData.configMapName(cluster))
            .withNamespace(cluster.namespace())
            .withLabels(ClusterObjects.labels(cluster))
            .addNewOwnerReference()
            .withApiVersion(EtcdClusters.API_VERSION)
            .withKind(EtcdClusters.KIND)
            .withName(cluster.name())
            .withUid(owner.get().getMetadata().getUid())
            .withController(true)
            .withBlockOwnerDeletion(true)
            .endOwnerReference()
            .endMetadata()
            .withData(data)
            .build();
    return api.unlessOvertaken(
            what,
            () ->
                api.client().configMaps().inNamespace(cluster.namespace()).resource(fresh).create())
        .map(made -> Outcome.done());
  }
}
