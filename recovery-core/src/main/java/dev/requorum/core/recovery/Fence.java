package dev.requorum.core.recovery;

import dev.requorum.core.Observation;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.NodeView;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Survivor;
import java.util.Optional;

/**
 * Makes sure that nobody but the survivor can run: the StatefulSet runs its ordinal alone, and the
 * other members' pods are gone from the API on nodes that report, or their nodes are gone or marked
 * out-of-service.
 *
 * <p>Not guaranteed: that a process whose pod was deleted by force on a reporting node has ended in
 * this very second; its kubelet ends it.
 */
final class Fence {

  private Fence() {}

  /** What stands in the way, in words; empty where the fence is up. */
  static Optional<String> obstacle(
      Observation seen, StatefulSetView statefulSet, Survivor survivor, LastKnown known) {
    WorkloadView workload = seen.workload();
    Optional<String> unreadable = unreadable(workload);
    if (unreadable.isPresent()) {
      return unreadable;
    }
    if (!statefulSet.window().equals(OrdinalWindow.only(survivor.ordinal()))) {
      return Optional.of("the StatefulSet runs pods " + statefulSet.window());
    }
    return pod(workload, survivor.name())
        .or(() -> silentNode(workload, Optional.of(survivor.id()), known));
  }

  /**
   * What lets anybody run, in words; empty where the StatefulSet runs nobody, and what it ran is
   * verifiably gone.
   */
  static Optional<String> obstacleToRest(
      Observation seen, StatefulSetView statefulSet, LastKnown known) {
    WorkloadView workload = seen.workload();
    Optional<String> unreadable = unreadable(workload);
    if (unreadable.isPresent()) {
      return unreadable;
    }
    if (statefulSet.window().replicas() > 0) {
      return Optional.of("the StatefulSet runs pods " + statefulSet.window());
    }
    return pod(workload, "").or(() -> silentNode(workload, Optional.empty(), known));
  }

  private static Optional<String> unreadable(WorkloadView workload) {
    return workload
        .pods()
        .why()
        .or(() -> workload.nodes().why())
        .map(why -> "pods or nodes cannot be read: " + why);
  }

  /** A pod, other than the one of this name, that may run. */
  private static Optional<String> pod(WorkloadView workload, String except) {
    return workload.pods().value().orElseThrow().stream()
        .filter(pod -> !pod.name().equals(except))
        .filter(pod -> !cannotRun(pod.node(), workload))
        .findFirst()
        .map(pod -> "pod %s is still there%s".formatted(pod.name(), on(pod)));
  }

  private static String on(PodView pod) {
    return pod.node().map(" on node "::concat).orElse("");
  }

  private static boolean cannotRun(Optional<String> nodeName, WorkloadView workload) {
    return nodeName.isPresent()
        && workload.node(nodeName.get()).map(NodeView::outOfService).orElse(true);
  }

  /** A pod may have been deleted by force while its process lives on behind a node's silence. */
  static Optional<String> silentNode(
      WorkloadView workload, Optional<MemberId> except, LastKnown known) {
    for (KnownMember member : known.members()) {
      Optional<NodeView> node = member.node().flatMap(workload::node);
      boolean silent = node.filter(n -> !n.reporting() && !n.outOfService()).isPresent();
      if (silent && !except.equals(Optional.of(member.id()))) {
        return Optional.of(
            "node %s, where %s last ran, does not report"
                .formatted(node.get().name(), member.name()));
      }
    }
    return Optional.empty();
  }
}
