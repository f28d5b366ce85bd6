package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.VolumeMark;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import dev.requorum.ports.kubernetes.VolumeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes what was restored the cluster's data: first on the claims, which outlive the EtcdCluster,
 * then for whoever starts. Everybody's former data is marked as kept, and nobody but the survivor
 * as having data in the new directory.
 */
final class Adoption {

  private final RebuildScene scene;

  Adoption(RebuildScene scene) {
    this.scene = scene;
  }

  /** What is still to be done; empty where all of it is. */
  Optional<Decision> next() {
    return unmarked().or(this::untold).or(this::leftover);
  }

  private Optional<Decision> unmarked() {
    List<VolumeMark> marks =
        scene.seen().workload().volumes().value().orElseThrow().stream()
            .filter(volume -> !volume.terminating())
            .filter(volume -> !volume.marks().equals(marks(volume)))
            .map(volume -> new VolumeMark(volume.member(), volume.uid(), marks(volume)))
            .toList();
    return marks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            act(
                new Action.MarkVolumes(marks),
                "marking the volumes: their former data is kept, directory %s is used from now on"
                    .formatted(directory())));
  }

  private VolumeMarks marks(VolumeView volume) {
    boolean survivors = volume.member().equals(scene.survivor().name());
    List<KeptDirectory> kept = new ArrayList<>(volume.marks().kept());
    add(kept, scene.record().lastKnown().directory());
    if (survivors) {
      scene.failedDirectories().forEach(failed -> add(kept, Optional.of(failed)));
    }
    return new VolumeMarks(
        Optional.of(directory()),
        survivors ? Optional.of(scene.survivor().id()) : Optional.empty(),
        kept);
  }

  private void add(List<KeptDirectory> kept, Optional<String> directory) {
    KeptDirectory one = new KeptDirectory(scene.incident().id(), directory);
    if (!kept.contains(one)) {
      kept.add(one);
    }
  }

  private Optional<Decision> untold() {
    InitialCluster wanted = scene.sealedInRestored();
    Optional<String> unreadable = scene.seen().workload().initialCluster().why();
    if (unreadable.isPresent()) {
      return Optional.of(
          scene.hold(
              Reason.EVIDENCE_INCOMPLETE,
              "the initial cluster cannot be read: " + unreadable.get(),
              true));
    }
    return scene.isTold(wanted)
        ? Optional.empty()
        : Optional.of(act(scene.write(wanted), "pointing the members to directory " + directory()));
  }

  private Optional<Decision> leftover() {
    return scene
        .restorePod()
        .map(pod -> act(new Action.DiscardRestore(pod.uid()), "deleting pod " + pod.pod()));
  }

  private String directory() {
    return scene.incident().restore().orElseThrow().directory();
  }

  /** From the first act on, the survivor may be started on what was restored. */
  private Decision act(Action action, String message) {
    return scene
        .say()
        .in(
            scene.record(),
            IncidentDraft.of(scene.incident()).armed(scene.seen().at()).build(),
            action,
            Reason.ADOPTING,
            message);
  }
}
