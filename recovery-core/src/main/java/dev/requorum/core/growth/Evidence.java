package dev.requorum.core.growth;

import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What former members' claims hold that the cluster may lack. It stays until a human has
 * acknowledged its loss.
 *
 * @param volumes claims, by uid, that must not be deleted
 * @param acknowledged the incidents whose kept directories may go
 */
public record Evidence(Set<String> volumes, Set<String> acknowledged) {

  public Evidence {
    volumes = Set.copyOf(volumes);
    acknowledged = Set.copyOf(acknowledged);
  }

  public static Evidence of(RecoveryRecord record) {
    return new Evidence(
        record.volumesToKeep(),
        record
            .incidents()
            .map(Incident::id)
            .filter(record::isAcknowledged)
            .collect(Collectors.toSet()));
  }

  /** The last incident before which a directory on this claim was, and that is not acknowledged. */
  Optional<String> openIncident(VolumeView volume) {
    return volume.marks().kept().stream()
        .map(KeptDirectory::incident)
        .filter(incident -> !acknowledged.contains(incident))
        .reduce((earlier, later) -> later);
  }
}
