package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.fabric8.controlplane.ControlPlane;
import dev.requorum.fabric8.controlplane.Manifests;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import dev.requorum.ports.record.RecoveryRecordsContract;
import dev.requorum.ports.record.SampleRecords;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Recovery records in the status of an EtcdCluster")
class Fabric8RecoveryRecordsTest extends RecoveryRecordsContract {

  private final ControlPlane plane = ControlPlane.shared();
  private final KubernetesClient admin = plane.admin();

  @Override
  protected RecoveryRecords records() {
    return new Fabric8RecoveryRecords(plane.operator());
  }

  @Override
  protected ClusterRef newCluster() {
    ClusterRef cluster = new ClusterRef("default", "r" + UUID.randomUUID());
    Manifests.createCluster(admin, cluster);
    return cluster;
  }

  @Override
  protected void touch(ClusterRef cluster) {
    Resource<GenericKubernetesResource> resource = resource(cluster);
    GenericKubernetesResource now = resource.get();
    now.getMetadata().setLabels(Map.of("touched", "yes"));
    admin.resource(now).update();
  }

  @Override
  protected void spoil(ClusterRef cluster) {
    changeStatus(cluster, "recovery", Map.of("phase", "Exploded"));
  }

  @Test
  @DisplayName("Nothing of the status but the record is touched")
  void restOfStatus() {
    ClusterRef cluster = newCluster();
    Map<String, Object> others = Map.of("memberCount", 3, "leaderId", "ab", "unheardOf", "kept");
    others.forEach((key, value) -> changeStatus(cluster, key, value));
    RecoveryRecords records = records();

    records.store(cluster, SampleRecords.completed(), records.load(cluster).version());

    Map<String, Object> status = status(resource(cluster).get());
    assertThat(status).containsAllEntriesOf(others).containsKey("recovery");
    assertThat(resource(cluster).get().<Integer>get("spec", "size")).isEqualTo(3);
  }

  @Test
  @DisplayName("A change of anything in the EtcdCluster loses the update, at the API server itself")
  void conflictAtTheServer() {
    ClusterRef cluster = newCluster();
    EtcdClusters clusters = new EtcdClusters(new ApiServer(plane.operator()));
    GenericKubernetesResource seen = clusters.find(cluster).orElseThrow();
    touch(cluster);

    String patch =
        new JsonPatch()
            .set("/status", Map.of("recovery", Map.of("attempts", 1)))
            .lockedTo(seen.getMetadata().getResourceVersion());

    assertThat(clusters.patchStatus(seen, cluster, patch)).isEmpty();
    assertThat(records().load(cluster).record()).isEqualTo(RecoveryRecord.empty());
  }

  @Test
  @DisplayName("What cannot be understood is named: the cluster, the field and the value")
  void namedGarbage() {
    ClusterRef cluster = newCluster();
    RecoveryRecords records = records();
    records.store(cluster, SampleRecords.rebuilding(), records.load(cluster).version());
    Map<String, Object> recovery =
        new HashMap<>(resource(cluster).get().<Map<String, Object>>get("status", "recovery"));
    recovery.put("step", "Dance");
    changeStatus(cluster, "recovery", recovery);

    assertThatThrownBy(() -> records.load(cluster))
        .hasMessageContaining(cluster.toString())
        .hasMessageContaining("status.recovery.step")
        .hasMessageContaining("Dance");
  }

  private void changeStatus(ClusterRef cluster, String key, Object value) {
    GenericKubernetesResource now = resource(cluster).get();
    Map<String, Object> status = new HashMap<>(status(now));
    status.put(key, value);
    now.setAdditionalProperty("status", status);
    admin.resource(now).updateStatus();
  }

  private static Map<String, Object> status(GenericKubernetesResource resource) {
    Map<String, Object> status = resource.get("status");
    return status == null ? Map.of() : status;
  }

  private Resource<GenericKubernetesResource> resource(ClusterRef cluster) {
    return admin
        .genericKubernetesResources("operator.etcd.io/v1alpha1", "EtcdCluster")
        .inNamespace(cluster.namespace())
        .withName(cluster.name());
  }
}
