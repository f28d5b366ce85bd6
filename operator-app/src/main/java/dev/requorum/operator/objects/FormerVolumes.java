package dev.requorum.operator.objects;

import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;
import java.util.stream.Collectors;

/** The volumes that a cluster which was deleted left for one of the same name. */
final class FormerVolumes {

  private static final String CLAIM_PREFIX = EtcdPod.DATA_VOLUME + "-";

  private FormerVolumes() {}

  /**
   * The ordinals of the claims that are there; those of a former cluster where no StatefulSet is.
   *
   * @throws PortFailure where the API server could not be asked
   */
  static Set<Integer> ordinals(KubernetesClient client, EtcdCluster cluster) {
    ClusterRef ref =
        new ClusterRef(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
    try {
      return client
          .persistentVolumeClaims()
          .inNamespace(ref.namespace())
          .withLabels(Ownership.selector(cluster))
          .list()
          .getItems()
          .stream()
          .map(claim -> claim.getMetadata().getName())
          .filter(name -> name.startsWith(CLAIM_PREFIX))
          .flatMap(name -> ref.ordinalOf(name.substring(CLAIM_PREFIX.length())).stream().boxed())
          .collect(Collectors.toUnmodifiableSet());
    } catch (KubernetesClientException e) {
      throw new PortFailure("list the claims of " + ref, e);
    }
  }
}
