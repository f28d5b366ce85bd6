package dev.requorum.ports.kubernetes;

import java.util.Objects;
import java.util.Optional;

/**
 * A cluster's StatefulSet as it was read.
 *
 * @param resourceVersion the version to which an act on it is tied: a changed one refuses the act
 * @param armedFor the value of the annotation {@code operator.etcd.io/force-new-cluster} (S14): the
 *     incident it was armed for
 * @param forceFlag whether the pod template starts etcd with {@code --force-new-cluster}
 */
public record StatefulSetView(
    String uid,
    String resourceVersion,
    OrdinalWindow window,
    Optional<String> armedFor,
    boolean forceFlag) {

  public StatefulSetView {
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(resourceVersion, "resourceVersion");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(armedFor, "armedFor");
  }

  /** True where the flag, its mark, or both are there. */
  public boolean armed() {
    return forceFlag || armedFor.isPresent();
  }
}
