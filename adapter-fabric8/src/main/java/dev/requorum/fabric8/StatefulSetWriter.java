package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.StatefulSetView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes on the StatefulSet: JSON patches of the fields concerned, locked to the resource version
 * that was read just before. A write that was overtaken (the status changes all the time) is
 * decided anew, a bounded number of times.
 */
final class StatefulSetWriter {

  private static final int TRIES = 5;

  private final ApiServer api;
  private final ClusterRef cluster;
  private final ClusterObjects objects;

  StatefulSetWriter(ApiServer api, ClusterRef cluster) {
    this.api = api;
    this.cluster = cluster;
    this.objects = new ClusterObjects(api, cluster);
  }

  Outcome resize(StatefulSetView seen, OrdinalWindow window) {
    return edit(seen, live -> Optional.empty(), live -> StatefulSets.resized(live, window));
  }

  Outcome arm(StatefulSetView seen, String survivor, String incident) {
    return edit(
        seen, live -> refusalToArm(live, survivor), live -> StatefulSets.armed(live, incident));
  }

  Outcome disarm(StatefulSetView seen) {
    return edit(seen, live -> Optional.empty(), StatefulSets::disarmed);
  }

  private Outcome edit(
      StatefulSetView seen,
      Function<StatefulSet, Optional<String>> refusal,
      Function<StatefulSet, JsonPatch> change) {
    for (int i = 0; i < TRIES; i++) {
      Optional<StatefulSet> live =
          objects.statefulSet().filter(found -> found.getMetadata().getUid().equals(seen.uid()));
      if (live.isEmpty()) {
        return Outcome.refused(
            "StatefulSet %s of uid %s does not exist any more".formatted(cluster, seen.uid()));
      }
      Optional<String> refused = refusal.apply(live.get());
      if (refused.isPresent()) {
        return Outcome.refused(refused.get());
      }
      JsonPatch patch = change.apply(live.get());
      if (patch.isEmpty()) {
        return Outcome.done();
      }
      long generation = live.get().getMetadata().getGeneration();
      if (generation != seen.generation()) {
        return Outcome.refused(
            "StatefulSet %s is of generation %d by now, not %d"
                .formatted(cluster, generation, seen.generation()));
      }
      if (written(live.get(), patch)) {
        return Outcome.done();
      }
    }
    throw new PortFailure(
        "write StatefulSet " + cluster, "it was changed meanwhile, " + TRIES + " times in a row");
  }

  private boolean written(StatefulSet live, JsonPatch patch) {
    return api.unlessOvertaken(
            "write StatefulSet " + cluster,
            () ->
                api.client()
                    .apps()
                    .statefulSets()
                    .inNamespace(cluster.namespace())
                    .resource(live)
                    .patch(JsonPatch.CONTEXT, patch.lockedTo(live)))
        .isPresent();
  }

  private Optional<String> refusalToArm(StatefulSet live, String survivor) {
    OptionalInt ordinal = cluster.ordinalOf(survivor);
    OrdinalWindow window = StatefulSets.window(live);
    if (ordinal.isEmpty() || !window.equals(OrdinalWindow.only(ordinal.getAsInt()))) {
      return Optional.of(
          "StatefulSet %s runs ordinals %s, not %s alone".formatted(cluster, window, survivor));
    }
    Optional<Pod> pod = objects.pod(survivor);
    if (pod.isEmpty() || pod.get().getMetadata().getDeletionTimestamp() != null) {
      return Optional.of(
          "Pod %s/%s %s"
              .formatted(
                  cluster.namespace(),
                  survivor,
                  pod.isEmpty() ? "does not exist" : "is terminating"));
    }
    boolean rewritten =
        objects
            .initialCluster()
            .map(InitialClusterData::parse)
            .filter(content -> content.state() == InitialCluster.State.NEW)
            .filter(content -> content.members().keySet().equals(Set.of(survivor)))
            .isPresent();
    return rewritten
        ? Optional.empty()
        : Optional.of(
            "ConfigMap %s/%s does not name %s alone with state new"
                .formatted(
                    cluster.namespace(), InitialClusterData.configMapName(cluster), survivor));
  }
}
