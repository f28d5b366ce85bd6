package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("On a cluster the scenarios")
class OverwriteGuardTest {

  @RegisterExtension static final Stage STAGE = Stage.named("guard");

  @Test
  @DisplayName("refuse to install over what somebody else installed, and change nothing")
  void somebodyElsesInstallation() {
    ConfigMap stored = client().resource(installed("theirs")).create();
    List<HasMetadata> objects = List.of(installed("theirs"));

    assertThatThrownBy(() -> guard().requireFree(objects))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("ConfigMap guard/theirs", "E2E_OVERWRITE=1");
    assertThat(client().resource(stored).get()).isEqualTo(stored);
  }

  @Test
  @DisplayName("install over what they installed themselves, and where nothing is yet")
  void ownInstallation() {
    ConfigMap own = installed("own");
    OverwriteGuard.mark(own);
    client().resource(own).create();

    assertThat(guard().foreign(List.of(installed("own"), installed("none-yet"))))
        .noneMatch(name -> name.startsWith("ConfigMap"));
  }

  @Test
  @DisplayName("refuse where there are EtcdClusters outside of their own namespaces")
  void somebodyElsesClusters() {
    String namespace = "guard-somebody-elses";
    client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    create(namespace, "theirs");
    create(STAGE.namespace(), "own");

    assertThat(guard().foreign(List.of()))
        .contains("EtcdCluster guard-somebody-elses/theirs")
        .noneMatch(name -> name.endsWith("/own"));
    client().namespaces().withName(namespace).delete();
  }

  private static void create(String namespace, String name) {
    new TestCluster(STAGE.site(), namespace, name).apply(Stage.manifest(name, 1, Stage.VERSION));
  }

  private static ConfigMap installed(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(STAGE.namespace())
        .endMetadata()
        .build();
  }

  private static OverwriteGuard guard() {
    return new OverwriteGuard(client());
  }

  private static KubernetesClient client() {
    return STAGE.site().client();
  }
}
