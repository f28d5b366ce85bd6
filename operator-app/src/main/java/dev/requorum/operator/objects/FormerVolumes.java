package dev.requorum.operator.objects;

import dev.requorum.fabric8.ClaimAnnotations;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The volumes that a cluster which was deleted left for one of the same name.
 *
 * @param ordinals of their members
 * @param directory where its members' data is by the claims' marks: the one that was restored last
 *     where they name several; empty for the volumes' own top
 */
record FormerVolumes(Set<Integer> ordinals, Optional<String> directory) {

  private static final String CLAIM_PREFIX = EtcdPod.DATA_VOLUME + "-";

  FormerVolumes {
    ordinals = Set.copyOf(ordinals);
  }

  static FormerVolumes none() {
    return new FormerVolumes(Set.of(), Optional.empty());
  }

  boolean isEmpty() {
    return ordinals.isEmpty();
  }

  /**
   * Looks at the claims that are there. Beside a StatefulSet they may be its own, and are a former
   * cluster's only where a restore has marked them.
   *
   * @throws PortFailure where the API server could not be asked
   */
  static FormerVolumes find(KubernetesClient client, EtcdCluster cluster, boolean ofStatefulSet) {
    ClusterRef ref =
        new ClusterRef(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
    List<PersistentVolumeClaim> claims =
        claims(client, cluster, ref).stream()
            .filter(claim -> ordinal(ref, claim).isPresent())
            .toList();
    Optional<String> directory =
        claims.stream()
            .flatMap(claim -> ClaimAnnotations.of(claim).directory().stream())
            .max(FormerVolumes::byAge);
    if (ofStatefulSet && directory.isEmpty()) {
      return none();
    }
    return new FormerVolumes(
        claims.stream()
            .map(claim -> ordinal(ref, claim).orElseThrow())
            .collect(Collectors.toUnmodifiableSet()),
        directory);
  }

  private static List<PersistentVolumeClaim> claims(
      KubernetesClient client, EtcdCluster cluster, ClusterRef ref) {
    try {
      return client
          .persistentVolumeClaims()
          .inNamespace(ref.namespace())
          .withLabels(Ownership.selector(cluster))
          .list()
          .getItems();
    } catch (KubernetesClientException e) {
      throw new PortFailure("list the claims of " + ref, e);
    }
  }

  private static OptionalInt ordinal(ClusterRef ref, PersistentVolumeClaim claim) {
    String name = claim.getMetadata().getName();
    return name.startsWith(CLAIM_PREFIX)
        ? ref.ordinalOf(name.substring(CLAIM_PREFIX.length()))
        : OptionalInt.empty();
  }

  /**
   * Directories are called after the time of the loss that they were restored for, and then by
   * counters: the longer number is the greater one.
   */
  private static int byAge(String left, String right) {
    String[] one = left.split("-");
    String[] other = right.split("-");
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      int order = Integer.compare(one[i].length(), other[i].length());
      order = order == 0 ? one[i].compareTo(other[i]) : order;
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.length, other.length);
  }
}
