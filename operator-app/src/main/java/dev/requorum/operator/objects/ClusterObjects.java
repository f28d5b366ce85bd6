package dev.requorum.operator.objects;

import dev.requorum.fabric8.ApiFailure;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.spec.ClusterRequest;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The Service, ConfigMap and StatefulSet of a cluster (O02): made where they are missing, and kept
 * as the manifest wants them.
 *
 * <p>Guaranteed: nothing that another controller owns is touched; what belongs to the recovery
 * engine ({@code <name>-state} once it exists, and {@link EngineOwned}) is written back as it was
 * read, or not at all; while a cluster is being rebuilt nothing that exists is changed, but for a
 * lost owner reference, and no StatefulSet is made.
 */
public final class ClusterObjects {

  /** The field manager of all server-side applies. */
  public static final String FIELD_MANAGER = "requorum";

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final AppliedObjects applied = new AppliedObjects();

  private record Live(
      Optional<Service> service,
      Optional<ConfigMap> state,
      Optional<StatefulSet> statefulSet,
      FormerVolumes formerVolumes) {

    Stream<HasMetadata> all() {
      return Stream.of(service, state, statefulSet).flatMap(Optional::stream);
    }
  }

  public ClusterObjects(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @param record the cluster's recovery record as it is stored
   * @throws PortFailure where the API server could not be asked
   */
  public Ensured ensure(EtcdCluster cluster, ClusterRequest request, RecoveryRecord record) {
    try {
      Live live = look(cluster);
      Optional<HasMetadata> foreign =
          live.all().filter(object -> !isOurs(cluster, object, record)).findFirst();
      if (foreign.isPresent()) {
        return new Ensured.NameTaken(nameTaken(foreign.get()));
      }
      if (adopt(cluster, live)) {
        live = look(cluster);
      }
      for (HasMetadata wanted : wanted(cluster, request, record, live)) {
        apply(wanted);
      }
      return new Ensured.Done();
    } catch (ApplyFailedException e) {
      return answer(e);
    }
  }

  /**
   * True where the recovery engine has a cluster to look after, of which it may write to what it
   * writes to: the record says that the cluster has lived, and neither the StatefulSet nor {@code
   * <name>-state} belongs to somebody else. Changes nothing.
   *
   * @throws PortFailure where the API server could not be asked
   */
  public boolean canBeRecovered(EtcdCluster cluster, RecoveryRecord record) {
    if (!hasLived(record)) {
      return false;
    }
    Live live = look(cluster);
    return Stream.of(live.state(), live.statefulSet())
        .flatMap(Optional::stream)
        .allMatch(object -> isOurs(cluster, object, record));
  }

  private static boolean isOurs(EtcdCluster cluster, HasMetadata object, RecoveryRecord record) {
    return Ownership.isOwned(cluster, object)
        || (hasLived(record) && Ownership.isOrphan(cluster, object));
  }

  private static boolean hasLived(RecoveryRecord record) {
    return record.lastKnown().bootstrapped() || record.ongoing().isPresent();
  }

  /** Gives orphans their owner back; true where there were any. */
  private boolean adopt(EtcdCluster cluster, Live live) {
    List<HasMetadata> orphans =
        live.all().filter(object -> !Ownership.isOwned(cluster, object)).toList();
    for (HasMetadata orphan : orphans) {
      try {
        client.resource(orphan).patch(MERGE, Ownership.adoption(cluster, orphan));
      } catch (KubernetesClientException e) {
        throw new ApplyFailedException(orphan, e);
      }
    }
    return !orphans.isEmpty();
  }

  private Live look(EtcdCluster cluster) {
    String namespace = cluster.getMetadata().getNamespace();
    String name = cluster.getMetadata().getName();
    Optional<StatefulSet> statefulSet =
        find(
            () -> client.apps().statefulSets().inNamespace(namespace).withName(name).get(),
            "StatefulSet",
            name);
    Optional<ConfigMap> state =
        find(
            () ->
                client
                    .configMaps()
                    .inNamespace(namespace)
                    .withName(StateConfigMap.name(cluster))
                    .get(),
            "ConfigMap",
            StateConfigMap.name(cluster));
    boolean complete = state.isPresent() && statefulSet.isPresent();
    return new Live(
        find(() -> client.services().inNamespace(namespace).withName(name).get(), "Service", name),
        state,
        statefulSet,
        complete
            ? FormerVolumes.none()
            : FormerVolumes.find(client, cluster, statefulSet.isPresent()));
  }

  private static <T> Optional<T> find(Supplier<T> get, String kind, String name) {
    try {
      return Optional.ofNullable(get.get());
    } catch (KubernetesClientException e) {
      throw new PortFailure("read %s %s".formatted(kind, name), e);
    }
  }

  /** In the order in which they are to be written: a pod needs the ConfigMap to start. */
  private List<HasMetadata> wanted(
      EtcdCluster cluster, ClusterRequest request, RecoveryRecord record, Live live) {
    boolean rebuilding =
        record.ongoing().filter(incident -> incident.phase() == Phase.REBUILDING).isPresent();
    EngineOwned engine =
        live.statefulSet()
            .map(EngineOwned::of)
            .orElseGet(
                () ->
                    EngineOwned.atCreation(
                        request.goal().cluster(),
                        request.goal().size(),
                        record,
                        live.formerVolumes().ordinals()));
    Optional<HasMetadata> service =
        live.service().isPresent() && rebuilding
            ? Optional.empty()
            : Optional.of(HeadlessService.of(cluster));
    Optional<HasMetadata> state =
        live.state().isPresent()
            ? Optional.empty()
            : Optional.of(
                StateConfigMap.of(
                    cluster,
                    StateConfigMap.first(
                        request.goal(), engine.window(), record, live.formerVolumes())));
    Optional<HasMetadata> statefulSet =
        rebuilding
            ? Optional.empty()
            : Optional.of(
                live.statefulSet()
                    .map(seen -> EtcdStatefulSet.update(cluster, request.image(), seen))
                    .orElseGet(() -> EtcdStatefulSet.create(cluster, request.image(), engine)));
    return Stream.of(
            service.filter(wanted -> !applied.matches(wanted, live.service())),
            state,
            statefulSet.filter(wanted -> !applied.matches(wanted, live.statefulSet())))
        .flatMap(Optional::stream)
        .toList();
  }

  private void apply(HasMetadata wanted) {
    try {
      HasMetadata stored =
          client.resource(wanted).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
      applied.remember(wanted, stored);
    } catch (KubernetesClientException e) {
      throw new ApplyFailedException(wanted, e);
    }
  }

  private static Ensured answer(ApplyFailedException failed) {
    int code = failed.answer.getCode();
    if (code == HttpURLConnection.HTTP_CONFLICT) {
      return new Ensured.Overtaken();
    }
    if (code >= HttpURLConnection.HTTP_BAD_REQUEST
        && code < HttpURLConnection.HTTP_INTERNAL_ERROR) {
      return new Ensured.Rejected(failed.getMessage());
    }
    throw new PortFailure("apply " + failed.object, failed.answer);
  }

  private static String nameTaken(HasMetadata object) {
    return "%s %s; the cluster needs that name: delete or rename one of the two"
        .formatted(describe(object), Ownership.ownerOf(object));
  }

  private static String describe(HasMetadata object) {
    return "%s %s/%s"
        .formatted(
            object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private static final class ApplyFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String object;
    private final KubernetesClientException answer;

    ApplyFailedException(HasMetadata object, KubernetesClientException answer) {
      super("%s was refused: %s".formatted(describe(object), ApiFailure.inWords(answer)), answer);
      this.object = describe(object);
      this.answer = answer;
    }
  }
}
