package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A malformed EtcdCluster")
@Tag("O01")
@OnAnySite
class MalformedManifestTest {

  @RegisterExtension static final Stage STAGE = Stage.named("malformed");

  @ParameterizedTest(name = "with {0} is refused by the API server, which names the field: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "size 0               | size: 0                                                 | spec.size",
        "an unusable version  | size: 1\\n  version: newest                              | spec.version",
        "an owned option      | size: 1\\n  etcdOptions: ['--force-new-cluster']         | --force-new-cluster",
        "the data directory   | size: 1\\n  etcdOptions: ['--data-dir=/tmp']             | --data-dir",
        "a window of nothing  | size: 1\\n  recovery: {gracePeriod: 0s}                  | gracePeriod",
        "windows out of order | size: 1\\n  recovery: {gracePeriod: 60s, downGracePeriod: 5s} | downGracePeriod",
      })
  void isRefused(String what, String fields, String named) {
    String version = fields.contains("version:") ? "" : "\n  version: 3.6.16";
    String manifest =
        """
        apiVersion: operator.etcd.io/v1alpha1
        kind: EtcdCluster
        metadata:
          name: malformed
        spec:
          %s%s
        """
            .formatted(fields.replace("\\n", "\n"), version);
    TestCluster cluster = STAGE.cluster("malformed");
    assertThatThrownBy(() -> cluster.apply(manifest))
        .as(what)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(named);
  }

  @Test
  @DisplayName("that asks for TLS is refused in words and never served in plain text")
  void tls() {
    TestCluster cluster = STAGE.cluster("secret");
    cluster.apply(
        Stage.manifest("secret", 1, Stage.VERSION)
            + """
              tls:
                provider: auto
            """);
    STAGE.awaitCondition(cluster, "Degraded", "True");
    assertThat(cluster.conditionObject("Degraded").map(Condition::getReason))
        .contains("InvalidSpec");
    assertThat(cluster.conditionObject("Degraded").map(Condition::getMessage).orElse(""))
        .contains("spec.tls");
    assertThat(cluster.condition("Available")).isNotEqualTo("True");
    STAGE.awaitEvents(cluster, "InvalidSpec");
    assertThat(
            cluster
                .client()
                .apps()
                .statefulSets()
                .inNamespace(STAGE.namespace())
                .withName("secret")
                .get())
        .isNull();
  }
}
