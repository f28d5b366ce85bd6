package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A request on a node's connection")
class NodeConnectionTest {
  @Test
  @DisplayName(
      "fails as any other, and not as a bug, when the connection is renewed or closed meanwhile")
  void renewed() {
    NodeConnection connection = new NodeConnection(NodeConnectionTest::client);
    assertThatThrownBy(
            () ->
                connection.ask(
                    client -> {
                      connection.renew();
                      return client.namespaces().list();
                    }))
        .isInstanceOf(KubernetesClientException.class);

    connection.close();
    assertThatThrownBy(() -> connection.ask(client -> client.namespaces().list()))
        .isInstanceOf(KubernetesClientException.class);
  }

  private static KubernetesClient client() {
    Config config = new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:1").build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
