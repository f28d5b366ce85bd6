package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** On which node a pod is to run. */
final class Placement {
  private Placement() {}

  /**
   * The node, among those that are ready, that the pod's nodeSelector allows and whose taints it
   * tolerates, with the fewest pods of the same owner, then the fewest pods; nothing where there is
   * none.
   */
  static Optional<String> choose(Pod pod, Collection<Node> nodes, Collection<Pod> placed) {
    Comparator<Node> byOwner =
        Comparator.comparing(
            node ->
                placed.stream().filter(other -> on(other, node) && siblings(other, pod)).count());
    return nodes.stream()
        .filter(NodeRegistration::isReady)
        .filter(node -> !Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
        .filter(node -> isSelected(pod, node))
        .filter(node -> toleratesAll(pod, node))
        .min(
            byOwner
                .thenComparing(node -> placed.stream().filter(other -> on(other, node)).count())
                .thenComparing(node -> node.getMetadata().getName()))
        .map(node -> node.getMetadata().getName());
  }

  private static boolean on(Pod pod, Node node) {
    return node.getMetadata().getName().equals(pod.getSpec().getNodeName());
  }

  private static boolean siblings(Pod one, Pod other) {
    List<OwnerReference> owners = other.getMetadata().getOwnerReferences();
    return !owners.isEmpty() && owners.equals(one.getMetadata().getOwnerReferences());
  }

  private static boolean isSelected(Pod pod, Node node) {
    Map<String, String> selector = pod.getSpec().getNodeSelector();
    return selector == null
        || node.getMetadata().getLabels().entrySet().containsAll(selector.entrySet());
  }

  private static boolean toleratesAll(Pod pod, Node node) {
    return node.getSpec().getTaints().stream()
        .filter(taint -> !taint.getEffect().equals("PreferNoSchedule"))
        .allMatch(
            taint ->
                pod.getSpec().getTolerations().stream()
                    .anyMatch(toleration -> tolerates(toleration, taint)));
  }

  private static boolean tolerates(Toleration toleration, Taint taint) {
    boolean effect =
        toleration.getEffect() == null || toleration.getEffect().equals(taint.getEffect());
    boolean key = toleration.getKey() == null || toleration.getKey().equals(taint.getKey());
    boolean exists = "Exists".equals(toleration.getOperator());
    return effect
        && key
        && (exists
            || String.valueOf(toleration.getValue()).equals(String.valueOf(taint.getValue())));
  }
}
