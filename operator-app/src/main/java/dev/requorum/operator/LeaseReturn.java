package dev.requorum.operator;

import dev.requorum.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the leader election's Lease back, so that a successor need not wait until it has run out.
 * The JOSDK never does. RBAC: the Lease get and update.
 */
final class LeaseReturn {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseReturn.class);
  private static final int SHORTEST_SECONDS = 1;

  private final KubernetesClient client;
  private final OperatorConfig.Lease lease;

  LeaseReturn(KubernetesClient client, OperatorConfig.Lease lease) {
    this.client = client;
    this.lease = lease;
  }

  /**
   * To be called once this process does nothing any more. A Lease that is somebody else's is left
   * alone; one that cannot be given back runs out by itself.
   */
  void giveBack() {
    if (!lease.enabled()) {
      return;
    }
    try {
      Lease held = client.leases().inNamespace(lease.namespace()).withName(lease.name()).get();
      if (held != null && lease.identity().equals(held.getSpec().getHolderIdentity())) {
        held.getSpec().setHolderIdentity("");
        held.getSpec().setLeaseDurationSeconds(SHORTEST_SECONDS);
        client.resource(held).update();
        LOG.info("gave the Lease {}/{} back", lease.namespace(), lease.name());
      }
    } catch (KubernetesClientException e) {
      LOG.warn("the Lease could not be given back and has to run out: {}", e.getMessage());
    }
  }
}
