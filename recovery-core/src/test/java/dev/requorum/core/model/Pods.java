package dev.requorum.core.model;

import dev.requorum.ports.kubernetes.CrashedPods;
import dev.requorum.ports.kubernetes.PodView;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes to what Kubernetes says of a pod, for {@link Look#pod(int, UnaryOperator)}. */
public final class Pods {

  private Pods() {}

  public static UnaryOperator<PodView> terminating() {
    return p -> copy(p, p.node(), true, p.forceFlag(), p.outdated(), p.detail());
  }

  public static UnaryOperator<PodView> forced() {
    return p -> copy(p, p.node(), p.terminating(), true, p.outdated(), p.detail());
  }

  public static UnaryOperator<PodView> outdated() {
    return p -> copy(p, p.node(), p.terminating(), p.forceFlag(), true, p.detail());
  }

  public static UnaryOperator<PodView> unbound() {
    return p -> copy(p, Optional.empty(), p.terminating(), p.forceFlag(), p.outdated(), p.detail());
  }

  public static UnaryOperator<PodView> detail(String detail) {
    return p -> copy(p, p.node(), p.terminating(), p.forceFlag(), p.outdated(), detail);
  }

  /** It crashed, and was restarted so often. */
  public static UnaryOperator<PodView> crashed(int restarts) {
    return p ->
        CrashedPods.of(p, restarts, "CrashLoopBackOff: back-off restarting failed container");
  }

  private static PodView copy(
      PodView p,
      Optional<String> node,
      boolean terminating,
      boolean forceFlag,
      boolean outdated,
      String detail) {
    return new PodView(
        p.name(),
        p.uid(),
        p.ip(),
        node,
        p.ready(),
        p.running(),
        terminating,
        forceFlag,
        outdated,
        p.restarts(),
        detail);
  }
}
