package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.RestoreOrder;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.VolumeMark;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Restores by a pod {@code <name>-restore} that runs {@code etcdutl} of the cluster's own image on
 * the survivor's claim, once. It carries none of the labels by which a StatefulSet or a Service
 * finds members, and goes with the StatefulSet.
 *
 * <p>A pod of that name without the label {@value RestorePods#OF} is somebody else's: it is never
 * deleted, nothing is restored while it is there, and whether there is a restore is unknown.
 *
 * <p>Not guaranteed: that a member's pod which is made between the look at the pods and the
 * creation of the restore's is noticed. The StatefulSet runs none then, so that only a human can
 * make one.
 *
 * <p>RBAC: {@code statefulsets} (apps) get; {@code pods} get, list, create, delete; {@code
 * persistentvolumeclaims} get, patch.
 */
public final class Fabric8Restoration implements Restoration {

  private final ApiServer api;

  public Fabric8Restoration(KubernetesClient client) {
    this.api = new ApiServer(client);
  }

  @Override
  public Fact<Optional<RestoreView>> find(ClusterRef cluster) {
    try {
      Optional<Pod> pod = pod(cluster);
      return pod.filter(found -> !RestorePods.isRestore(cluster, found)).isPresent()
          ? Fact.unknown(stranger(cluster))
          : Fact.known(pod.map(RestorePods::view));
    } catch (PortFailure e) {
      return Fact.unknown(e.getMessage());
    }
  }

  private static String stranger(ClusterRef cluster) {
    return "Pod %s/%s, which has the name of a restore's, is not one (no label %s=%s): delete it"
        .formatted(cluster.namespace(), RestorePods.name(cluster), RestorePods.OF, cluster.name());
  }

  private Optional<Pod> pod(ClusterRef cluster) {
    return new ClusterObjects(api, cluster).pod(RestorePods.name(cluster));
  }

  @Override
  public Outcome restore(ClusterRef cluster, StatefulSetView seen, RestoreOrder order) {
    Optional<String> misnamed = misnamed(order);
    if (misnamed.isPresent()) {
      return Outcome.refused(misnamed.get());
    }
    ClusterObjects objects = new ClusterObjects(api, cluster);
    Optional<Pod> there = pod(cluster);
    if (there.isPresent()) {
      if (!RestorePods.isRestore(cluster, there.get())) {
        return Outcome.refused(stranger(cluster));
      }
      return RestorePods.directory(there.get()).equals(order.directory())
          ? Outcome.done()
          : Outcome.refused("Pod %s exists".formatted(RestorePods.name(cluster)));
    }
    Optional<StatefulSet> set = objects.statefulSet();
    Optional<String> why = whyNot(cluster, objects, set, seen, order);
    if (why.isPresent()) {
      return Outcome.refused(why.get());
    }
    Pod pod = new RestorePod(cluster, set.orElseThrow(), order).build();
    String what = "create Pod %s/%s".formatted(cluster.namespace(), RestorePods.name(cluster));
    return api.unlessOvertaken(
            what, () -> api.client().pods().inNamespace(cluster.namespace()).resource(pod).create())
        .map(made -> Outcome.done())
        .orElseGet(() -> Outcome.refused(what + ": somebody else made it meanwhile"));
  }

  /**
   * Whatever else it is called, it could lie outside the volume or be another directory's inside.
   */
  private static Optional<String> misnamed(RestoreOrder order) {
    return Stream.concat(order.from().stream(), Stream.of(order.directory()))
        .filter(name -> !ClaimAnnotations.isLeaf(name))
        .map(
            name ->
                ("a directory is named by up to 63 of a-z, 0-9 and -, neither first nor last a -,"
                        + " not '%s'")
                    .formatted(name))
        .findFirst();
  }

  private Optional<String> whyNot(
      ClusterRef cluster,
      ClusterObjects objects,
      Optional<StatefulSet> set,
      StatefulSetView seen,
      RestoreOrder order) {
    boolean same =
        set.map(StatefulSets::view)
            .filter(now -> now.uid().equals(seen.uid()) && now.generation() == seen.generation())
            .isPresent();
    if (!same) {
      return Optional.of("the StatefulSet is another one by now");
    }
    if (StatefulSets.window(set.get()).replicas() > 0) {
      return Optional.of("the StatefulSet runs pods " + StatefulSets.window(set.get()));
    }
    Set<String> pods =
        objects.pods(StatefulSets.podLabels(set.get()), Set.of(order.survivor())).keySet();
    if (!pods.isEmpty()) {
      return Optional.of("these pods exist: " + pods);
    }
    Optional<PersistentVolumeClaim> claim =
        objects.claim(ClusterObjects.claimName(order.survivor()));
    boolean sound =
        claim
            .map(PersistentVolumeClaim::getMetadata)
            .filter(data -> data.getUid().equals(order.volumeUid()))
            .filter(data -> data.getDeletionTimestamp() == null)
            .isPresent();
    return sound
        ? Optional.empty()
        : Optional.of(
            "PersistentVolumeClaim %s is not the one of uid %s any more, or is being deleted"
                .formatted(ClusterObjects.claimName(order.survivor()), order.volumeUid()));
  }

  @Override
  public Outcome mark(ClusterRef cluster, List<VolumeMark> marks) {
    for (VolumeMark mark : marks) {
      Outcome outcome = mark(cluster, mark);
      if (!outcome.isDone()) {
        return outcome;
      }
    }
    return Outcome.done();
  }

  private Outcome mark(ClusterRef cluster, VolumeMark mark) {
    String name = ClusterObjects.claimName(mark.member());
    Optional<PersistentVolumeClaim> claim = new ClusterObjects(api, cluster).claim(name);
    if (claim.filter(live -> live.getMetadata().getUid().equals(mark.uid())).isEmpty()) {
      return Outcome.refused(
          "PersistentVolumeClaim %s/%s is not the one of uid %s any more"
              .formatted(cluster.namespace(), name, mark.uid()));
    }
    Map<String, String> before = claim.get().getMetadata().getAnnotations();
    Map<String, String> after = ClaimAnnotations.with(before, mark.marks());
    if (after.equals(before)) {
      return Outcome.done();
    }
    String patch = new JsonPatch().set("/metadata/annotations", after).lockedTo(claim.get());
    String what = "mark PersistentVolumeClaim %s/%s".formatted(cluster.namespace(), name);
    return api.unlessOvertaken(
            what,
            () ->
                api.client()
                    .persistentVolumeClaims()
                    .inNamespace(cluster.namespace())
                    .resource(claim.get())
                    .patch(JsonPatch.CONTEXT, patch))
        .map(written -> Outcome.done())
        .orElseGet(() -> Outcome.refused(what + ": it was changed meanwhile"));
  }

  @Override
  public Outcome discard(ClusterRef cluster, String uid) {
    String name = RestorePods.name(cluster);
    Optional<Pod> live = pod(cluster);
    boolean ours =
        live.filter(pod -> pod.getMetadata().getUid().equals(uid))
            .filter(pod -> RestorePods.isRestore(cluster, pod))
            .isPresent();
    if (!ours) {
      return Outcome.done();
    }
    String path = "/api/v1/namespaces/%s/pods/%s".formatted(cluster.namespace(), name);
    api.delete("delete Pod %s/%s".formatted(cluster.namespace(), name), path, uid);
    return Outcome.done();
  }
}
