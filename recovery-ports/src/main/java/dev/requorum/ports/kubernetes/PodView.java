package dev.requorum.ports.kubernetes;

import java.util.Objects;
import java.util.Optional;

/**
 * A member's pod as the API server knows it.
 *
 * @param ip the pod's address; empty until it has one
 * @param node where it was bound to; empty until it was
 * @param ready the pod's Ready condition is True
 * @param running the etcd container's state is running
 * @param terminating it has a deletion timestamp
 * @param forceFlag this very pod's etcd was started with {@code --force-new-cluster}
 * @param outdated its template is not the StatefulSet's of now
 * @param restarts how often its etcd container was restarted in this very pod; Kubernetes waits
 *     longer each time: 10 s, 20 s, 40 s, up to 5 min
 * @param detail why it does not run, in Kubernetes' words ("CrashLoopBackOff", "Unschedulable:
 *     ..."), or empty
 */
public record PodView(
    String name,
    String uid,
    Optional<String> ip,
    Optional<String> node,
    boolean ready,
    boolean running,
    boolean terminating,
    boolean forceFlag,
    boolean outdated,
    int restarts,
    String detail) {

  public PodView {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(ip, "ip");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(detail, "detail");
  }
}
