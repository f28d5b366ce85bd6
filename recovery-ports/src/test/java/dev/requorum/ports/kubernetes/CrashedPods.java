package dev.requorum.ports.kubernetes;

/** What Kubernetes says of a pod whose etcd crashed. */
public final class CrashedPods {

  private CrashedPods() {}

  /** It neither runs nor is ready, was restarted so often, and waits for this reason. */
  public static PodView of(PodView p, int restarts, String reason) {
    return new PodView(
        p.name(),
        p.uid(),
        p.ip(),
        p.node(),
        false,
        false,
        p.terminating(),
        p.forceFlag(),
        p.outdated(),
        restarts,
        reason);
  }
}
