package dev.requorum.ports.kubernetes;

import java.util.Objects;
import java.util.Optional;

/**
 * A cluster's StatefulSet as it was read.
 *
 * @param generation {@code metadata.generation}, to which an act on it is tied: a spec that changed
 *     since refuses the act; a mere change of its status does not
 * @param armedFor the value of the annotation {@code operator.etcd.io/force-new-cluster} (S14): the
 *     incident it was armed for
 * @param forceFlag whether the pod template starts etcd with {@code --force-new-cluster}
 * @param storage where its members keep their data
 * @param imageTag the tag of the image that the pod template runs etcd from, by convention its
 *     version; empty where the image is not named by a tag
 */
public record StatefulSetView(
    String uid,
    long generation,
    OrdinalWindow window,
    Optional<String> armedFor,
    boolean forceFlag,
    Storage storage,
    Optional<String> imageTag) {

  /** Of which the image is not known. */
  public StatefulSetView(
      String uid,
      long generation,
      OrdinalWindow window,
      Optional<String> armedFor,
      boolean forceFlag,
      Storage storage) {
    this(uid, generation, window, armedFor, forceFlag, storage, Optional.empty());
  }

  public StatefulSetView {
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(armedFor, "armedFor");
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(imageTag, "imageTag");
  }

  /** True where the flag, its mark, or both are there. */
  public boolean armed() {
    return forceFlag || armedFor.isPresent();
  }
}
