package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.NodeView;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * One look at a cluster's objects. Each part that cannot be read is unknown, with the reason; once
 * the whole look has taken too long, no further request is sent and what is left is unknown too.
 */
final class WorkloadLook {

  /** After this no further request of a look is sent. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final ClusterRef cluster;
  private final ClusterObjects objects;
  private final long startedNanos = System.nanoTime();

  WorkloadLook(ClusterRef cluster, ClusterObjects objects) {
    this.cluster = cluster;
    this.objects = objects;
  }

  WorkloadView take() {
    Fact<Optional<StatefulSet>> statefulSet = read("the StatefulSet", objects::statefulSet);
    Optional<StatefulSet> known = statefulSet.value().flatMap(found -> found);
    Map<String, String> labels =
        known.map(StatefulSets::podLabels).orElseGet(() -> ClusterObjects.labels(cluster));
    Set<String> wanted =
        known
            .map(found -> objects.members(StatefulSets.window(found).ordinals()))
            .orElseGet(Set::of);
    Fact<SortedMap<String, PersistentVolumeClaim>> claims =
        read("the claims", () -> objects.claims(labels, wanted));
    Set<String> named = new HashSet<>(wanted);
    claims.value().ifPresent(found -> named.addAll(found.keySet()));
    Fact<SortedMap<String, Pod>> pods = read("the pods", () -> objects.pods(labels, named));
    return new WorkloadView(
        statefulSet.map(found -> found.map(StatefulSets::view)),
        pods.map(found -> podViews(found, known)),
        volumes(statefulSet, claims, pods),
        read("the nodes", this::nodes),
        read("the initial cluster", this::initialCluster));
  }

  private static List<PodView> podViews(
      SortedMap<String, Pod> pods, Optional<StatefulSet> statefulSet) {
    Optional<String> revision = statefulSet.flatMap(StatefulSets::updateRevision);
    return pods.values().stream().map(pod -> Pods.view(pod, revision)).toList();
  }

  private List<NodeView> nodes() {
    return objects.nodes().stream().map(Nodes::view).toList();
  }

  private Optional<InitialCluster> initialCluster() {
    return objects.initialCluster().map(InitialClusterData::parse);
  }

  private Fact<List<VolumeView>> volumes(
      Fact<Optional<StatefulSet>> statefulSet,
      Fact<SortedMap<String, PersistentVolumeClaim>> claims,
      Fact<SortedMap<String, Pod>> pods) {
    if (!statefulSet.isKnown()) {
      return Fact.unknown("where the data is kept: " + statefulSet.why().orElseThrow());
    }
    Optional<StatefulSet> known = statefulSet.value().flatMap(found -> found);
    Storage storage = known.map(StatefulSets::storage).orElse(Storage.CLAIM_PER_MEMBER);
    return switch (storage) {
      case CLAIM_PER_MEMBER -> claims.map(found -> claimVolumes(found, known));
      case EPHEMERAL -> pods.map(WorkloadLook::podVolumes);
      case SHARED_CLAIM ->
          pods.isKnown()
              ? sharedVolumes(known.flatMap(StatefulSets::sharedClaim).orElseThrow(), pods)
              : Fact.unknown(pods.why().orElseThrow());
    };
  }

  private static List<VolumeView> claimVolumes(
      SortedMap<String, PersistentVolumeClaim> claims, Optional<StatefulSet> statefulSet) {
    Optional<Instant> setMade = statefulSet.flatMap(WorkloadLook::made);
    return claims.entrySet().stream().map(c -> volume(c.getKey(), c.getValue(), setMade)).toList();
  }

  /** In whole seconds, which is all that Kubernetes keeps. */
  private static Optional<Instant> made(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getCreationTimestamp()).map(Instant::parse);
  }

  private static List<VolumeView> podVolumes(SortedMap<String, Pod> pods) {
    return pods.values().stream()
        .map(Pod::getMetadata)
        .map(
            pod ->
                new VolumeView(
                    pod.getName(),
                    pod.getName(),
                    pod.getUid(),
                    true,
                    pod.getDeletionTimestamp() != null))
        .toList();
  }

  private Fact<List<VolumeView>> sharedVolumes(String claim, Fact<SortedMap<String, Pod>> pods) {
    Fact<Optional<PersistentVolumeClaim>> shared =
        read("the shared claim", () -> objects.claim(claim));
    return shared.map(
        found ->
            pods.value().stream()
                .flatMap(known -> known.keySet().stream())
                .flatMap(pod -> found.map(object -> volume(pod, object, Optional.empty())).stream())
                .toList());
  }

  private static VolumeView volume(
      String member, PersistentVolumeClaim claim, Optional<Instant> setMade) {
    return new VolumeView(
        claim.getMetadata().getName(),
        member,
        claim.getMetadata().getUid(),
        claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase()),
        claim.getMetadata().getDeletionTimestamp() != null,
        setMade.flatMap(set -> made(claim).filter(at -> !at.isBefore(set))).isPresent(),
        capacity(claim),
        ClaimAnnotations.of(claim));
  }

  private static OptionalLong capacity(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getStatus())
        .map(PersistentVolumeClaimStatus::getCapacity)
        .map(capacity -> capacity.get("storage"))
        .map(Quantity::getAmountInBytes)
        .map(bytes -> OptionalLong.of(bytes.longValue()))
        .orElseGet(OptionalLong::empty);
  }

  private <T> Fact<T> read(String what, Supplier<T> request) {
    if (System.nanoTime() - startedNanos > LIMIT.toNanos()) {
      return Fact.unknown(
          what + " was not asked for: the look had taken " + LIMIT.toSeconds() + " s by then");
    }
    try {
      return Fact.known(request.get());
    } catch (PortFailure e) {
      return Fact.unknown(e.getMessage());
    }
  }
}
