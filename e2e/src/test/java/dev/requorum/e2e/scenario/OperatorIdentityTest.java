package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import java.net.HttpURLConnection;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The operator's ServiceAccount")
@OnAnySite
class OperatorIdentityTest {

  @RegisterExtension static final Stage STAGE = Stage.named("identity");

  @Test
  @DisplayName(
      "alone may write Events about EtcdClusters, so those that are there are its own (S09)")
  @Tag("S09")
  void aloneWritesEvents() {
    var forged = EventAuthors.event(STAGE.namespace(), "none");
    assertThatThrownBy(() -> STAGE.site().client().resource(forged).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("the operator's to write");
    try (KubernetesClient operator = STAGE.site().asOperator(STAGE.namespace())) {
      assertThat(operator.resource(forged).dryRun().create()).isNotNull();
    }
  }

  @ParameterizedTest(name = "is refused to {0}, by the API server")
  @MethodSource("beyondItsRights")
  @Tag("S15")
  void isRefused(String what, Consumer<KubernetesClient> call) {
    try (KubernetesClient operator = STAGE.site().asOperator(STAGE.namespace())) {
      assertThat(operator.pods().inNamespace(STAGE.namespace()).list()).isNotNull();
      assertThatThrownBy(() -> call.accept(operator))
          .as(what)
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              refusal -> assertThat(refusal.getCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN));
    }
  }

  static Stream<Arguments> beyondItsRights() {
    return Stream.of(
        call("list Secrets", client -> client.secrets().inNamespace(STAGE.namespace()).list()),
        call("bind a role", client -> client.resource(binding()).create()),
        call("delete a StatefulSet", client -> delete(client.apps().statefulSets())),
        call("delete a ConfigMap", client -> delete(client.configMaps())),
        call("delete an EtcdCluster", client -> delete(client.resources(EtcdCluster.class))),
        call("delete a node", client -> client.nodes().withName("none").delete()));
  }

  private static Arguments call(String what, Consumer<KubernetesClient> call) {
    return Arguments.of(what, call);
  }

  private static void delete(MixedOperation<?, ?, ?> objects) {
    objects.inNamespace(STAGE.namespace()).withName("none").delete();
  }

  private static RoleBinding binding() {
    return new RoleBindingBuilder()
        .withNewMetadata()
        .withName("none")
        .withNamespace(STAGE.namespace())
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "none")
        .build();
  }
}
