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
  private final RoundsUnderWay rounds;
  private volatile boolean electionEnded;

  LeaseReturn(KubernetesClient client, OperatorConfig.Lease lease, RoundsUnderWay rounds) {
    this.client = client;
    this.lease = lease;
    this.rounds = rounds;
  }

  /** The Lease is not renewed any more: a renewal would take it again after it was given back. */
  void electionEnded() {
    electionEnded = true;
  }

  /**
   * Lets a successor act, unless this process might still: where a round is under way, or the
   * election goes on, the Lease is kept and runs out by itself, as does one that cannot be given
   * back. A Lease that is somebody else's is left alone.
   */
  void giveBack() {
    if (!lease.enabled()) {
      return;
    }
    if (!electionEnded || !rounds.areOver()) {
      LOG.warn(
          "the Lease {}/{} is not given back and has to run out: {}",
          lease.namespace(),
          lease.name(),
          electionEnded ? "a round is still under way" : "the election was not ended");
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
