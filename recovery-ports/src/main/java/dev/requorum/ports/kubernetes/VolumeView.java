package dev.requorum.ports.kubernetes;

import java.util.Objects;

/**
 * A member's PersistentVolumeClaim. A claim that was deleted and made again has another uid: the
 * data is gone although the name is there.
 *
 * <p>With {@link Storage#EPHEMERAL} there is one for each pod, whose uid is the pod's. With {@link
 * Storage#SHARED_CLAIM} there is one for each pod too, whose uid is the shared claim's.
 *
 * @param member the pod that the claim belongs to
 */
public record VolumeView(
    String claim, String member, String uid, boolean bound, boolean terminating) {

  public VolumeView {
    Objects.requireNonNull(claim, "claim");
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(uid, "uid");
  }
}
