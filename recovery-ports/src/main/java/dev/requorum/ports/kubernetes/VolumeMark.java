package dev.requorum.ports.kubernetes;

import java.util.Objects;

/**
 * Marks for one member's claim.
 *
 * @param uid of the claim
 */
public record VolumeMark(String member, String uid, VolumeMarks marks) {

  public VolumeMark {
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(marks, "marks");
  }
}
