package dev.requorum.core.quorum;

import dev.requorum.ports.Fact;
import dev.requorum.ports.kubernetes.NodeView;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.Missing;
import java.util.List;
import java.util.Optional;

/**
 * Why a member does not answer, by Kubernetes' account.
 *
 * <p>Whatever cannot be read makes the member UNREACHABLE, and so does anything that speaks for its
 * being alive: a node that fell silent, a pod that Kubernetes calls Ready, a container that runs.
 * One such container is explained: etcd serves clients only once it has seen a leader, so that a
 * voter that restarts without a quorum runs and answers its peers alone. It is DOWN where its node
 * reports and its volume is the one that it was last seen with.
 *
 * @param awaitsLeader it is DOWN in that way: its etcd runs, with its data, and serves no clients
 * @param detail the account in words
 */
public record Absence(Missing missing, boolean awaitsLeader, String detail) {

  private static Absence gone(String detail) {
    return new Absence(Missing.GONE, false, detail);
  }

  private static Absence down(String detail) {
    return new Absence(Missing.DOWN, false, detail);
  }

  static Absence unreachable(String detail) {
    return new Absence(Missing.UNREACHABLE, false, detail);
  }

  /**
   * The absence of the member in this pod.
   *
   * @param known how the member was last seen with a quorum; empty where it never was
   * @param peersOnly an etcd of this cluster answered at its pod's address, at the peer port alone
   */
  public static Absence of(
      String podName, Optional<KnownMember> known, WorkloadView workload, boolean peersOnly) {
    Optional<String> unreadable = unreadable(workload);
    if (unreadable.isPresent()) {
      return unreachable(unreadable.get());
    }
    Optional<PodView> pod = workload.pod(podName);
    Optional<String> nodeName = pod.flatMap(PodView::node);
    Optional<String> silent =
        silentNode(List.of(known.flatMap(KnownMember::node), nodeName), workload);
    if (silent.isPresent()) {
      return unreachable(
          "its node "
              + silent.get()
              + " does not report to Kubernetes. Bring the node back, or if it is certainly off,"
              + " delete it or taint it node.kubernetes.io/out-of-service");
    }
    if (pod.filter(PodView::ready).isPresent()) {
      return unreachable(
          "it does not answer, but Kubernetes calls its pod Ready. Look for what cuts the operator"
              + " off from it; do not delete its node");
    }
    if (volumeLost(podName, known, workload)) {
      return gone(volumeAccount(podName, workload));
    }
    if (nodeName.filter(name -> workload.node(name).isEmpty()).isPresent()) {
      return gone("its node " + nodeName.get() + " was deleted");
    }
    boolean awaitsLeader =
        peersOnly && hasItsVolume(podName, known, workload) && nodeReports(nodeName, workload);
    return pod.map(of -> ofPod(of, awaitsLeader))
        .orElseGet(() -> down("it has a volume but no pod"));
  }

  /**
   * True where the volume that held the member's data when it was last seen is not there any more.
   * False where volumes cannot be read: nothing is known then.
   */
  public static boolean volumeLost(
      String podName, Optional<KnownMember> known, WorkloadView workload) {
    if (!workload.volumes().isKnown()) {
      return false;
    }
    Optional<String> now = workload.volume(podName).map(VolumeView::uid);
    Optional<String> then = known.flatMap(KnownMember::volumeUid);
    return now.isEmpty() || then.isPresent() && !then.equals(now);
  }

  private static Optional<String> unreadable(WorkloadView workload) {
    return List.of(workload.pods(), workload.volumes(), workload.nodes()).stream()
        .map(Fact::why)
        .flatMap(Optional::stream)
        .findFirst()
        .map(why -> "Kubernetes' account of it cannot be read: " + why);
  }

  private static Optional<String> silentNode(
      List<Optional<String>> nodeNames, WorkloadView workload) {
    return nodeNames.stream()
        .flatMap(Optional::stream)
        .map(workload::node)
        .flatMap(Optional::stream)
        .filter(node -> !node.reporting() && !node.outOfService())
        .map(NodeView::name)
        .findFirst();
  }

  private static String volumeAccount(String podName, WorkloadView workload) {
    return workload
        .volume(podName)
        .map(volume -> "its volume was deleted and made again, empty")
        .orElse("its volume was deleted");
  }

  /**
   * True where its volume is there, and known to be the one that it was last seen with. False where
   * volumes cannot be read, too.
   */
  public static boolean hasItsVolume(
      String podName, Optional<KnownMember> known, WorkloadView workload) {
    Optional<String> then = known.flatMap(KnownMember::volumeUid);
    return then.isPresent() && then.equals(workload.volume(podName).map(VolumeView::uid));
  }

  private static boolean nodeReports(Optional<String> nodeName, WorkloadView workload) {
    return nodeName.flatMap(workload::node).filter(NodeView::reporting).isPresent();
  }

  private static Absence ofPod(PodView pod, boolean awaitsLeader) {
    if (pod.running() && !pod.terminating()) {
      if (awaitsLeader) {
        return new Absence(
            Missing.DOWN,
            true,
            "its etcd runs but serves no clients, as it does until it has seen a leader");
      }
      return unreachable(
          "it does not answer, but its container runs. Look at its pod, and restart it if it hangs;"
              + " do not delete its node");
    }
    if (pod.terminating()) {
      return down("its pod is being deleted");
    }
    return down("its pod does not run" + (pod.detail().isEmpty() ? "" : " (" + pod.detail() + ")"));
  }
}
