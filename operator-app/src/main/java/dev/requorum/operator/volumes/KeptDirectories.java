package dev.requorum.operator.volumes;

import dev.requorum.ports.kubernetes.VolumeMark;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import dev.requorum.ports.kubernetes.VolumeView;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Directories that were kept until somebody acknowledged the loss. One is given up only where every
 * incident that keeps it is recorded as acknowledged, and where its claim is not marked as using
 * it.
 *
 * @param directory by its name on the volume; empty for the volume's own top
 */
record KeptDirectories(VolumeView volume, Optional<String> directory) {

  /** The first that is given up; empty where there is none. */
  static Optional<KeptDirectories> givenUp(Steady seen) {
    return all(seen).filter(kept -> kept.isGivenUp(seen)).findFirst();
  }

  /** This one, if it is given up at this turn. */
  static Optional<KeptDirectories> givenUp(
      Steady seen, String claimUid, Optional<String> directory) {
    return all(seen)
        .filter(kept -> kept.volume().uid().equals(claimUid))
        .filter(kept -> kept.directory().equals(directory))
        .filter(kept -> kept.isGivenUp(seen))
        .findFirst();
  }

  private static Stream<KeptDirectories> all(Steady seen) {
    return seen.volumes().stream()
        .filter(volume -> !volume.terminating())
        .filter(volume -> !seen.record().volumesToKeep().contains(volume.uid()))
        .flatMap(
            volume ->
                volume.marks().kept().stream()
                    .map(KeptDirectory::directory)
                    .distinct()
                    .map(directory -> new KeptDirectories(volume, directory)));
  }

  private boolean isGivenUp(Steady seen) {
    boolean marked =
        volume.marks().directory().isPresent() && volume.marks().directory().equals(directory);
    return (isInUse(seen) || !marked)
        && volume.marks().kept().stream()
            .filter(entry -> entry.directory().equals(directory))
            .allMatch(entry -> seen.record().isAcknowledged(entry.incident()));
  }

  /** Whether it is the one that the members use. */
  boolean isInUse(Steady seen) {
    return directory.equals(seen.known().directory());
  }

  /** The claim's marks without it. */
  VolumeMark forgotten() {
    VolumeMarks marks = volume.marks();
    return new VolumeMark(
        volume.member(),
        volume.uid(),
        new VolumeMarks(
            marks.directory(),
            marks.member(),
            marks.kept().stream().filter(entry -> !entry.directory().equals(directory)).toList()));
  }

  @Override
  public String toString() {
    return "%s on claim %s"
        .formatted(
            directory.map("directory "::concat).orElse("the data at the top"), volume.claim());
  }
}
