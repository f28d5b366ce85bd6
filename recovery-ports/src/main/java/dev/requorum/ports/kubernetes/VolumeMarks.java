package dev.requorum.ports.kubernetes;

import dev.requorum.ports.etcd.MemberId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is written on a member's claim of the data on it, so that it outlives the EtcdCluster.
 *
 * @param directory the directory that the cluster's members use, by its name on the volume; empty
 *     for the volume's own top
 * @param member whose data is in that directory: the only member that may be started on it. Empty
 *     where nobody's is
 * @param kept directories that hold what members of a former cluster had
 */
public record VolumeMarks(
    Optional<String> directory, Optional<MemberId> member, List<KeptDirectory> kept) {

  /**
   * A directory that stays as it is until a human acknowledges the incident's loss.
   *
   * @param directory empty for the volume's own top
   */
  public record KeptDirectory(String incident, Optional<String> directory) {

    public KeptDirectory {
      Objects.requireNonNull(incident, "incident");
      Objects.requireNonNull(directory, "directory");
    }
  }

  public VolumeMarks {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(member, "member");
    kept = List.copyOf(kept);
  }

  /** Nothing is written on it. */
  public static VolumeMarks none() {
    return new VolumeMarks(Optional.empty(), Optional.empty(), List.of());
  }
}
