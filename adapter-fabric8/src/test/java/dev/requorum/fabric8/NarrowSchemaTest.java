package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.fabric8.controlplane.Await;
import dev.requorum.fabric8.controlplane.ControlPlane;
import dev.requorum.fabric8.controlplane.Manifests;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RecoveryRecords;
import dev.requorum.ports.record.SampleRecords;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S07")
@DisplayName("The installed CustomResourceDefinition does not know all of the record")
class NarrowSchemaTest {

  private final KubernetesClient admin = ControlPlane.shared().admin();
  private final ClusterRef cluster = cluster();
  private JSONSchemaProps whole;

  @BeforeEach
  void narrow() {
    JSONSchemaProps attempts = new JSONSchemaPropsBuilder().withType("integer").build();
    JSONSchemaProps recovery =
        new JSONSchemaPropsBuilder()
            .withType("object")
            .withProperties(Map.of("attempts", attempts))
            .build();
    whole =
        changeStatusSchema(
            new JSONSchemaPropsBuilder()
                .withType("object")
                .withProperties(Map.of("recovery", recovery))
                .build());
    ClusterRef canary = cluster();
    Await.until("the narrow schema is in force", () -> fieldKept(canary, "the field is kept"));
  }

  @AfterEach
  void widen() {
    changeStatusSchema(whole);
    ClusterRef canary = cluster();
    Await.until(
        "the whole schema is in force",
        () ->
            fieldKept(canary, "kept").isPresent()
                ? Optional.empty()
                : Optional.of("the field is dropped"));
  }

  @Test
  @DisplayName("A record of which the API server kept only a part is a failure, not a success")
  void partOfTheRecord() {
    RecoveryRecords records = new Fabric8RecoveryRecords(ControlPlane.shared().operator());
    RecoveryRecord record = SampleRecords.rebuilding();
    String version = records.load(cluster).version();

    assertThatThrownBy(() -> records.store(cluster, record, version))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining(cluster.toString())
        .hasMessageContaining("CustomResourceDefinition");
  }

  private JSONSchemaProps changeStatusSchema(JSONSchemaProps next) {
    JSONSchemaProps[] former = new JSONSchemaProps[1];
    admin
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("etcdclusters.operator.etcd.io")
        .edit(
            definition -> {
              Map<String, JSONSchemaProps> root =
                  definition
                      .getSpec()
                      .getVersions()
                      .get(0)
                      .getSchema()
                      .getOpenAPIV3Schema()
                      .getProperties();
              former[0] = root.put("status", next);
              return definition;
            });
    return former[0];
  }

  private Optional<String> fieldKept(ClusterRef canary, String words) {
    GenericKubernetesResource now =
        admin
            .genericKubernetesResources("operator.etcd.io/v1alpha1", "EtcdCluster")
            .inNamespace(canary.namespace())
            .withName(canary.name())
            .get();
    now.setAdditionalProperty("status", Map.of("recovery", Map.of("phase", "any")));
    GenericKubernetesResource written = admin.resource(now).updateStatus();
    return Optional.ofNullable(written.<String>get("status", "recovery", "phase"))
        .map(kept -> words);
  }

  private ClusterRef cluster() {
    ClusterRef made = new ClusterRef("default", "n" + UUID.randomUUID());
    Manifests.createCluster(ControlPlane.shared().admin(), made);
    return made;
  }
}
