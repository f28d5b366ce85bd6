package dev.requorum.operator;

import dev.requorum.core.engine.TurnListener;
import dev.requorum.operator.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The operator in this JVM, as a pod of the namespace that its roles are for. */
final class TestOperator {

  private TestOperator() {}

  /**
   * @param namespace the one that is watched
   * @param more environment variables
   */
  static RequorumOperator start(
      String namespace,
      Path copies,
      Map<String, String> more,
      KubernetesClient client,
      Runnable leadershipLost) {
    return RequorumOperator.start(
        config(namespace, copies, more),
        client,
        TurnListener.none(),
        UnaryOperator.identity(),
        leadershipLost);
  }

  /** As {@link #start} has it. */
  static OperatorConfig config(String namespace, Path copies, Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "WATCH_NAMESPACES", namespace,
                "POD_NAMESPACE", "requorum",
                "POD_NAME", "requorum-0",
                "HTTP_PORT", "0",
                "COPIES_DIR", copies.toString()));
    environment.putAll(more);
    return OperatorConfig.of(environment);
  }
}
