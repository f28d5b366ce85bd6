package dev.requorum.core.sim;

import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator does beside its engine: at peace, directories that were kept until a loss was
 * acknowledged are removed from the claims.
 */
final class Upkeep {

  private final World world;

  Upkeep(World world) {
    this.world = world;
  }

  void second() {
    RecoveryRecord record = world.records.newest();
    boolean atPeace = record.lastKnown().bootstrapped() && record.ongoing().isEmpty();
    boolean agreed = world.directory().equals(record.lastKnown().directory());
    if (atPeace && agreed && !world.kube.marks.isEmpty() && !world.leaders().isEmpty()) {
      Set<String> acknowledged =
          record
              .incidents()
              .filter(incident -> incident.acknowledgedAt().isPresent())
              .map(Incident::id)
              .collect(Collectors.toSet());
      world.kube.claims.values().stream()
          .filter(claim -> !claim.terminating() && !record.volumesToKeep().contains(claim.uid()))
          .forEach(claim -> remove(claim.uid(), acknowledged));
    }
  }

  private void remove(String claim, Set<String> acknowledged) {
    VolumeMarks marks = world.kube.marks.getOrDefault(claim, VolumeMarks.none());
    Set<Optional<String>> needed =
        marks.kept().stream()
            .filter(kept -> !acknowledged.contains(kept.incident()))
            .map(KeptDirectory::directory)
            .collect(Collectors.toSet());
    List<KeptDirectory> still =
        marks.kept().stream().filter(kept -> needed.contains(kept.directory())).toList();
    if (still.size() < marks.kept().size()) {
      world.coverage.count("former directories removed");
      marks.kept().stream()
          .map(KeptDirectory::directory)
          .filter(directory -> !needed.contains(directory) && !directory.equals(world.directory()))
          .forEach(directory -> world.members.remove(claim, directory));
      world.kube.marks.put(claim, new VolumeMarks(marks.directory(), marks.member(), still));
    }
  }
}
