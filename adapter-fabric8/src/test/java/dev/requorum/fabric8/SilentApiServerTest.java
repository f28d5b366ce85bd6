package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.kubernetes.WorkloadView;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("An API server that takes connections and never answers")
class SilentApiServerTest {

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisplayName("A look at it ends by itself, and all parts are unknown with a reason")
  void bounded() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        KubernetesClient client = client(silent.getLocalPort())) {
      WorkloadView view = new Fabric8Workload(client).observe(new ClusterRef("default", "demo"));

      for (WorkloadPart part : WorkloadPart.values()) {
        assertThat(part.of(view).why()).as("%s", part).isPresent();
      }
    }
  }

  private static KubernetesClient client(int port) {
    Config config =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl("http://127.0.0.1:" + port)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
