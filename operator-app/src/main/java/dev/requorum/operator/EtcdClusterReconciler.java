package dev.requorum.operator;

import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.objects.Ownership;
import dev.requorum.ports.ClusterRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a cluster gets its round: when its manifest changes, when something of it changes, and when
 * the last round said so. What changes in its status only is the operator's own doing and starts no
 * round.
 */
final class EtcdClusterReconciler implements Reconciler<EtcdCluster> {

  /** The name of the controller. */
  static final String NAME = "etcdcluster";

  private final KubernetesClient client;
  private final ClusterRound round;
  private final RoundsUnderWay rounds;
  private volatile IndexerResourceCache<EtcdCluster> cache;

  EtcdClusterReconciler(KubernetesClient client, ClusterRound round, RoundsUnderWay rounds) {
    this.client = client;
    this.round = round;
    this.rounds = rounds;
  }

  @Override
  public UpdateControl<EtcdCluster> reconcile(EtcdCluster seen, Context<EtcdCluster> context) {
    return rounds.run(() -> reconcile(seen)).orElseGet(UpdateControl::noUpdate);
  }

  private UpdateControl<EtcdCluster> reconcile(EtcdCluster seen) {
    EtcdCluster cluster =
        client
            .resources(EtcdCluster.class)
            .inNamespace(seen.getMetadata().getNamespace())
            .withName(seen.getMetadata().getName())
            .get();
    if (cluster == null || cluster.isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    return UpdateControl.<EtcdCluster>noUpdate().rescheduleAfter(round.run(cluster));
  }

  /** A change of the manifest, of its annotations, or its deletion. */
  static boolean isForUs(EtcdCluster now, EtcdCluster before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getAnnotations(), before.getMetadata().getAnnotations())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion();
  }

  /** The clusters that exist, as far as is known. */
  Set<ClusterRef> living() {
    IndexerResourceCache<EtcdCluster> known = cache;
    return known == null
        ? Set.of()
        : known
            .keys()
            .map(id -> new ClusterRef(id.getNamespace().orElseThrow(), id.getName()))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<EventSource<?, EtcdCluster>> prepareEventSources(
      EventSourceContext<EtcdCluster> context) {
    cache = context.getPrimaryCache();
    return List.of(
        watch(StatefulSet.class, context),
        watch(Pod.class, context),
        watch(PersistentVolumeClaim.class, context),
        watch(ConfigMap.class, context));
  }

  private static <R extends HasMetadata> EventSource<?, EtcdCluster> watch(
      Class<R> kind, EventSourceContext<EtcdCluster> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, EtcdCluster.class)
            .withName(kind.getSimpleName())
            .withLabelSelector(Ownership.APP + "," + Ownership.CONTROLLER)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(EtcdClusterReconciler::clusterOf)
            .build(),
        context);
  }

  private static Set<ResourceID> clusterOf(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    String name = labels == null ? null : labels.get(Ownership.APP);
    return name != null && name.equals(labels.get(Ownership.CONTROLLER))
        ? Set.of(new ResourceID(name, object.getMetadata().getNamespace()))
        : Set.of();
  }
}
