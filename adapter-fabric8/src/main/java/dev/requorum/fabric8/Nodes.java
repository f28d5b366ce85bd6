package dev.requorum.fabric8;

import dev.requorum.ports.kubernetes.NodeView;
import io.fabric8.kubernetes.api.model.Node;

/** What a node says, in the words of the ports. */
final class Nodes {

  private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

  private Nodes() {}

  static NodeView view(Node node) {
    boolean reporting =
        node.getStatus() != null
            && node.getStatus().getConditions().stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .anyMatch(condition -> !"Unknown".equals(condition.getStatus()));
    boolean outOfService =
        node.getSpec() != null
            && node.getSpec().getTaints().stream()
                .anyMatch(taint -> OUT_OF_SERVICE.equals(taint.getKey()));
    return new NodeView(node.getMetadata().getName(), reporting, outOfService);
  }
}
