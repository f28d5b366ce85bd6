package dev.requorum.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.api.EtcdClusterStatus;
import dev.requorum.ports.PortFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes reports into the status of an EtcdCluster, field by field: what did not change is not
 * written, and {@code status.recovery} is never touched.
 */
public final class StatusWriter {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final InstantSource clock;

  public StatusWriter(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Writes what has changed, if anything has. A cluster that was deleted meanwhile is left alone.
   *
   * @param cluster as it was read from the API server, with its status
   * @throws PortFailure where it cannot be told whether it was written
   */
  public void write(EtcdCluster cluster, StatusReport report) {
    JsonNode stored = MAPPER.valueToTree(stored(cluster));
    JsonNode next =
        MAPPER.valueToTree(
            report.next(
                cluster.getStatus(), cluster.getMetadata().getGeneration(), clock.instant()));
    ObjectNode changes = changes(stored, next);
    if (changes.isEmpty()) {
      return;
    }
    ObjectNode patch = MAPPER.createObjectNode();
    patch.set("status", changes);
    try {
      client
          .resources(EtcdCluster.class)
          .inNamespace(cluster.getMetadata().getNamespace())
          .withName(cluster.getMetadata().getName())
          .subresource("status")
          .patch(MERGE, patch.toString());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw new PortFailure(
            "write status of EtcdCluster %s/%s"
                .formatted(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName()),
            e);
      }
    }
  }

  private static EtcdClusterStatus stored(EtcdCluster cluster) {
    return cluster.getStatus() == null ? new EtcdClusterStatus() : cluster.getStatus();
  }

  /** As a JSON merge patch: a field that is to go is null. */
  static ObjectNode changes(JsonNode stored, JsonNode next) {
    ObjectNode changes = MAPPER.createObjectNode();
    Set<String> fields = new TreeSet<>();
    stored.fieldNames().forEachRemaining(fields::add);
    next.fieldNames().forEachRemaining(fields::add);
    fields.remove("recovery");
    for (String field : fields) {
      JsonNode before = stored.path(field);
      JsonNode after = next.path(field);
      if (!before.equals(after)) {
        changes.set(field, after.isMissingNode() ? MAPPER.nullNode() : after);
      }
    }
    return changes;
  }
}
