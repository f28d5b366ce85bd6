package dev.requorum.fabric8.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.v1.JsonSchema;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S07")
@DisplayName("The schema of status.recovery")
class RecoveryStatusSchemaTest {

  private final JSONSchemaProps schema = JsonSchema.from(RecoveryStatus.class);

  @Test
  @DisplayName("The generator sees every field, inherited ones too, and each is described")
  void everyFieldIsDescribed() {
    assertThat(schema.getProperties())
        .containsOnlyKeys(
            "attempts",
            "history",
            "lastKnown",
            "id",
            "phase",
            "step",
            "stepSince",
            "reason",
            "message",
            "detectedAt",
            "startedAt",
            "completedAt",
            "acknowledgedAt",
            "evidence",
            "survivor",
            "preservedCopy",
            "armedAt",
            "dataLoss",
            "plan",
            "restore");
    assertDescribed("status.recovery", schema);
  }

  @Test
  @DisplayName("Counters and indexes are integers, flags are booleans")
  void types() {
    assertThat(schema.getProperties().get("attempts").getType()).isEqualTo("integer");
    JSONSchemaProps loss = schema.getProperties().get("dataLoss");
    assertThat(loss.getProperties().get("retainedRevision").getType()).isEqualTo("integer");
    JSONSchemaProps lastKnown = schema.getProperties().get("lastKnown");
    assertThat(lastKnown.getProperties().get("bootstrapped").getType()).isEqualTo("boolean");
  }

  private static void assertDescribed(String path, JSONSchemaProps object) {
    object
        .getProperties()
        .forEach(
            (name, property) -> {
              String at = path + "." + name;
              assertThat(property.getDescription()).as(at).isNotBlank();
              if (property.getProperties() != null) {
                assertDescribed(at, property);
              }
              if (property.getItems() != null) {
                assertDescribed(at + "[]", property.getItems().getSchema());
              }
            });
  }
}
