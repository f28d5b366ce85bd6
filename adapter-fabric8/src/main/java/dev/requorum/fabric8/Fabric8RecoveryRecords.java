package dev.requorum.fabric8;

import dev.requorum.fabric8.status.RecoveryStatusJson;
import dev.requorum.fabric8.status.RecoveryStatusMapper;
import dev.requorum.fabric8.status.UnreadableStatusException;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/**
 * Recovery records in {@code status.recovery} of the EtcdCluster (S07).
 *
 * <p>The version is the resource's {@code metadata.resourceVersion}: any other change of the
 * resource loses an update too, which costs one more look and nothing else. Nothing of the status
 * but {@code recovery} is ever written.
 *
 * <p>RBAC: {@code etcdclusters} get; {@code etcdclusters/status} patch.
 */
public final class Fabric8RecoveryRecords implements RecoveryRecords {

  private final EtcdClusters clusters;

  public Fabric8RecoveryRecords(KubernetesClient client) {
    this.clusters = new EtcdClusters(new ApiServer(client));
  }

  @Override
  public Versioned load(ClusterRef cluster) {
    try {
      return understood(stored(cluster));
    } catch (UnreadableStatusException e) {
      throw new PortFailure("understand what EtcdCluster " + cluster + " has stored", e);
    }
  }

  @Override
  public Optional<Versioned> store(ClusterRef cluster, RecoveryRecord next, String version) {
    GenericKubernetesResource stored = stored(cluster);
    if (!stored.getMetadata().getResourceVersion().equals(version)) {
      return Optional.empty();
    }
    JsonPatch patch = new JsonPatch();
    if (stored.get("status") == null) {
      patch.set("/status", Map.of());
    }
    patch.set("/status/recovery", RecoveryStatusJson.write(RecoveryStatusMapper.toStatus(next)));
    return clusters
        .patchStatus(stored, cluster, patch.lockedTo(version))
        .map(written -> kept(cluster, next, written));
  }

  private GenericKubernetesResource stored(ClusterRef cluster) {
    return clusters
        .find(cluster)
        .orElseThrow(() -> new PortFailure("read EtcdCluster " + cluster, "it does not exist"));
  }

  /** The API server drops, without a word, what its schema does not know. */
  private static Versioned kept(
      ClusterRef cluster, RecoveryRecord next, GenericKubernetesResource written) {
    try {
      Versioned kept = understood(written);
      if (kept.record().equals(next)) {
        return kept;
      }
      throw incomplete(cluster, "another record came back");
    } catch (UnreadableStatusException e) {
      throw incomplete(cluster, e.getMessage());
    }
  }

  private static PortFailure incomplete(ClusterRef cluster, String why) {
    return new PortFailure(
        "write status.recovery of EtcdCluster " + cluster,
        "the API server did not keep all of it ("
            + why
            + "); the installed CustomResourceDefinition is not the one that goes with this"
            + " operator");
  }

  private static Versioned understood(GenericKubernetesResource resource) {
    return new Versioned(
        RecoveryStatusMapper.toRecord(RecoveryStatusJson.read(resource.get("status", "recovery"))),
        resource.getMetadata().getResourceVersion());
  }
}
