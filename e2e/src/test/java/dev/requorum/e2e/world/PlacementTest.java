package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod is placed")
class PlacementTest {
  private static final Node A = node("a", "True");
  private static final Node B = node("b", "True");

  @Test
  @DisplayName("on the node with the fewest pods of its owner, then with the fewest pods")
  void leastLoaded() {
    Pod sibling = pod("set", "a");
    List<Pod> placed = List.of(sibling, pod("other", "b"), pod("other", "b"));

    assertThat(Placement.choose(pod("set", null), List.of(A, B), placed)).contains("b");
    assertThat(Placement.choose(pod("third", null), List.of(A, B), placed)).contains("a");
  }

  @Test
  @DisplayName(
      "on no node that is not ready, is cordoned, or has a taint that the pod does not tolerate")
  void onLiveNodesOnly() {
    Node unknown = node("c", "Unknown");
    Node cordoned =
        new NodeBuilder(node("d", "True")).editSpec().withUnschedulable(true).endSpec().build();
    Node tainted =
        new NodeBuilder(node("e", "True"))
            .editSpec()
            .addNewTaint("NoSchedule", "dedicated", null, "db")
            .endSpec()
            .build();
    List<Node> nodes = List.of(unknown, cordoned, tainted);

    assertThat(Placement.choose(pod("set", null), nodes, List.of())).isEmpty();

    Pod tolerant =
        new PodBuilder(pod("set", null))
            .editSpec()
            .addNewToleration("NoSchedule", "dedicated", "Equal", null, "db")
            .endSpec()
            .build();
    assertThat(Placement.choose(tolerant, nodes, List.of())).contains("e");
  }

  @Test
  @DisplayName("only where its nodeSelector allows it")
  void nodeSelector() {
    Pod choosy =
        new PodBuilder(pod("set", null))
            .editSpec()
            .addToNodeSelector("kubernetes.io/hostname", "b")
            .endSpec()
            .build();

    assertThat(Placement.choose(choosy, List.of(A, B), List.of(pod("other", "b")))).contains("b");
  }

  private static Node node(String name, String ready) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("kubernetes.io/hostname", name)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready)
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod pod(String owner, String node) {
    return new PodBuilder()
        .withNewMetadata()
        .addNewOwnerReference()
        .withName(owner)
        .withUid(owner)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withNodeName(node)
        .endSpec()
        .build();
  }
}
