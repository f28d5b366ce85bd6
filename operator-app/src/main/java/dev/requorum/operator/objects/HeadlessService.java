package dev.requorum.operator.objects;

import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** The headless Service {@code <name>}, which gives each member its name. */
final class HeadlessService {

  private HeadlessService() {}

  /** Members find each other while they are not ready: none becomes ready before a quorum is. */
  static Service of(EtcdCluster cluster) {
    return new ServiceBuilder()
        .withMetadata(Ownership.metadata(cluster, cluster.getMetadata().getName()))
        .withNewSpec()
        .withClusterIP("None")
        .withPublishNotReadyAddresses(true)
        .withSelector(Ownership.selector(cluster))
        .addNewPort()
        .withName("client")
        .withPort(EtcdPod.CLIENT_PORT)
        .endPort()
        .addNewPort()
        .withName("peer")
        .withPort(EtcdPod.PEER_PORT)
        .endPort()
        .endSpec()
        .build();
  }
}
