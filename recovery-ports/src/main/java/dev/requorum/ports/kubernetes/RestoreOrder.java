package dev.requorum.ports.kubernetes;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be restored: the database of a member that does not run, into a directory that nothing
 * was ever written to, as a cluster of that member alone.
 *
 * @param survivor the member's name, which is its pod's
 * @param volumeUid the claim with its data
 * @param from the directory with its data, by its name on the volume; empty for the volume's own
 *     top
 * @param directory the directory to restore into, likewise
 * @param token makes the new cluster's id another one than that of any cluster before
 * @param peerUrl where the member is reached by those that join it
 * @param revisionBump by how much the revision is raised, 1 or more; all revisions before count as
 *     compacted
 */
public record RestoreOrder(
    String survivor,
    String volumeUid,
    Optional<String> from,
    String directory,
    String token,
    URI peerUrl,
    long revisionBump) {

  public RestoreOrder {
    Objects.requireNonNull(survivor, "survivor");
    Objects.requireNonNull(volumeUid, "volumeUid");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(peerUrl, "peerUrl");
    if (revisionBump < 1) {
      throw new IllegalArgumentException("revisionBump must be 1 or more, not " + revisionBump);
    }
    if (from.equals(Optional.of(directory))) {
      throw new IllegalArgumentException("nothing is restored into itself: " + directory);
    }
  }
}
