package dev.requorum.ports.kubernetes;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * A member's PersistentVolumeClaim. A claim that was deleted and made again has another uid: the
 * data is gone although the name is there.
 *
 * <p>With {@link Storage#EPHEMERAL} there is one for each pod, whose uid is the pod's. With {@link
 * Storage#SHARED_CLAIM} there is one for each pod too, whose uid is the shared claim's.
 *
 * @param member the pod that the claim belongs to
 * @param youngerThanSet it was made after the StatefulSet that runs its member now: where that
 *     began sealed, no member ever had data on it. False where that is not known
 * @param capacity bytes, as far as Kubernetes knows; empty until it is bound
 * @param marks what is written on it of the data on it
 */
public record VolumeView(
    String claim,
    String member,
    String uid,
    boolean bound,
    boolean terminating,
    boolean youngerThanSet,
    OptionalLong capacity,
    VolumeMarks marks) {

  /** A volume on which nothing is written, and of which nothing else is known. */
  public VolumeView(
      String claim,
      String member,
      String uid,
      boolean bound,
      boolean terminating,
      boolean youngerThanSet) {
    this(
        claim,
        member,
        uid,
        bound,
        terminating,
        youngerThanSet,
        OptionalLong.empty(),
        VolumeMarks.none());
  }

  /** A volume of which it is not known whether it is younger than its StatefulSet. */
  public VolumeView(String claim, String member, String uid, boolean bound, boolean terminating) {
    this(claim, member, uid, bound, terminating, false);
  }

  public VolumeView {
    Objects.requireNonNull(claim, "claim");
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(capacity, "capacity");
    Objects.requireNonNull(marks, "marks");
  }

  /** The same with other marks. */
  public VolumeView marked(VolumeMarks next) {
    return new VolumeView(claim, member, uid, bound, terminating, youngerThanSet, capacity, next);
  }
}
