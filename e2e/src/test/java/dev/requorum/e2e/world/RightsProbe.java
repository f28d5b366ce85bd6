package dev.requorum.e2e.world;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;

/** A program that says again and again which of two things it may do. */
final class RightsProbe {
  private RightsProbe() {}

  public static void main(String[] arguments) {
    while (true) {
      Config config =
          new ConfigBuilder(Config.autoConfigure(null))
              .withConnectionTimeout(500)
              .withRequestTimeout(1000)
              .withRequestRetryBackoffLimit(0)
              .build();
      try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
        System.out.printf(
            "configmaps: %s, secrets: %s%n",
            outcome(() -> client.configMaps().inNamespace(arguments[0]).list()),
            outcome(() -> client.secrets().inNamespace(arguments[0]).list()));
      }
      new Signal().await(() -> false, Duration.ofMillis(300));
    }
  }

  private static String outcome(Runnable request) {
    try {
      request.run();
      return "allowed";
    } catch (KubernetesClientException e) {
      return e.getCode() <= 0 ? "unreachable" : String.valueOf(e.getCode());
    }
  }
}
