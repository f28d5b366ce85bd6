package dev.requorum.operator.volumes;

import dev.requorum.ports.kubernetes.VolumeMark;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.KnownMember;
import java.util.List;
import java.util.Optional;

/**
 * Which directory the members use, written on each one's claim, so that it outlives the EtcdCluster
 * also on claims that were made since the restore. What is kept on a claim stays as it is.
 */
final class DirectoryMarks {

  private DirectoryMarks() {}

  /**
   * Those that are missing or wrong; a volume's own top, where it never was another, needs none.
   */
  static List<VolumeMark> due(Steady seen) {
    return seen.known().members().stream().flatMap(member -> due(seen, member).stream()).toList();
  }

  private static Optional<VolumeMark> due(Steady seen, KnownMember member) {
    return seen.volumes().stream()
        .filter(volume -> volume.member().equals(member.name()) && !volume.terminating())
        .filter(volume -> member.volumeUid().equals(Optional.of(volume.uid())))
        .filter(volume -> !volume.marks().directory().equals(seen.known().directory()))
        .findFirst()
        .map(volume -> new VolumeMark(volume.member(), volume.uid(), marks(seen, member, volume)));
  }

  private static VolumeMarks marks(Steady seen, KnownMember member, VolumeView volume) {
    return new VolumeMarks(
        seen.known().directory(), Optional.of(member.id()), volume.marks().kept());
  }
}
