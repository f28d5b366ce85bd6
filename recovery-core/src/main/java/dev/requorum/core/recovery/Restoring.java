package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.RestoreOrder;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RestoreTry;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps of a rebuild by {@link dev.requorum.ports.record.Strategy#RESTORE} from the stop of the
 * survivor to its new start. Its original directory is only ever read, so nothing is lost by trying
 * again, each time into a directory of its own; nobody is pointed to what was restored before it is
 * known to be complete.
 */
final class Restoring {

  /** After so many failures in a row a human has to look. */
  private static final int TRIES = 3;

  private final RebuildScene scene;
  private final LostSurvivor lostSurvivor;
  private final Survivor survivor;

  Restoring(RebuildScene scene, LostSurvivor lostSurvivor) {
    this.scene = scene;
    this.lostSurvivor = lostSurvivor;
    this.survivor = scene.survivor();
  }

  Decision restore() {
    if (scene.running().isPresent()) {
      return scene.go(Step.STOP, Reason.STOPPING);
    }
    if (scene.survivorIsEmpty()) {
      return lostSurvivor.noneLeft();
    }
    Optional<String> unknown = scene.seen().restore().why();
    if (unknown.isPresent()) {
      return scene.hold(
          unlessGaveUp(Reason.EVIDENCE_INCOMPLETE),
          "the restore cannot be looked at: " + unknown.get(),
          true);
    }
    Optional<RestoreView> pod = scene.restorePod();
    Optional<RestoreTry> tried = scene.incident().restore();
    if (pod.isEmpty()) {
      return order(tried.filter(any -> !gaveUp()).orElseGet(this::nextTry));
    }
    if (pod.get().terminating()) {
      return scene.holdBriefly(
          unlessGaveUp(Reason.RESTORING), "waiting for pod %s to go".formatted(pod.get().pod()));
    }
    boolean ours = tried.map(RestoreTry::directory).equals(Optional.of(pod.get().directory()));
    return ours
        ? follow(pod.get(), tried.get())
        : discard(pod.get(), "which is not of this incident");
  }

  /** Whoever deletes the pod of the last failure wants it tried again. */
  private boolean gaveUp() {
    return scene.incident().reason() == Reason.RESTORE_FAILED;
  }

  /** That it gave up has to be known until that pod is seen to be gone. */
  private Reason unlessGaveUp(Reason reason) {
    return gaveUp() ? Reason.RESTORE_FAILED : reason;
  }

  private Decision follow(RestoreView pod, RestoreTry tried) {
    return switch (pod.state()) {
      case UNDER_WAY ->
          scene.holdBriefly(
              Reason.RESTORING,
              "restoring the database of %s into %s: %s"
                  .formatted(
                      survivor.name(),
                      tried.directory(),
                      pod.detail().isEmpty() ? "under way" : pod.detail()));
      case STALLED ->
          scene.hold(
              Reason.RESTORING,
              ("pod %s, which is to restore the database of %s, cannot start: %s. Nothing is changed"
                      + " by that; it goes on by itself once its image can be had. Where that is not"
                      + " the image to use, correct the StatefulSet and delete the pod")
                  .formatted(pod.pod(), survivor.name(), pod.detail()),
              true);
      case SUCCEEDED -> scene.go(Step.ADOPT, Reason.ADOPTING);
      case FAILED -> failed(pod, tried);
    };
  }

  private Decision failed(RestoreView pod, RestoreTry tried) {
    if (tried.number() >= TRIES) {
      return scene.hold(
          Reason.RESTORE_FAILED,
          ("the database of %1$s could not be restored beside the original, %2$d times: %3$s%4$s."
                  + " Nothing is lost by that. Mend the cause and delete pod %5$s to have it tried"
                  + " again; the pod is made after the StatefulSet's template, and what failed tries"
                  + " left, the directories %6$s to %7$s, may be deleted to make room. The plan stays:"
                  + " another spec.recovery.strategy is not taken up any more")
              .formatted(
                  survivor.name(),
                  tried.number(),
                  pod.detail(),
                  room(),
                  pod.pod(),
                  scene.restoreDirectory(1),
                  tried.directory()),
          true);
    }
    return scene
        .say()
        .in(
            scene.record(),
            IncidentDraft.of(scene.incident()).restoring(nextTry()).build(),
            new Action.DiscardRestore(pod.uid()),
            Reason.RESTORING,
            "try %d of %d to restore the database of %s failed (%s); trying again"
                .formatted(tried.number(), TRIES, survivor.name(), pod.detail()));
  }

  /** What the copy needs and what the volume has, as far as that is known. */
  private String room() {
    Stream<String> needed =
        scene.incident().plan().map(RecoveryPlan::databaseBytes).stream()
            .flatMapToLong(OptionalLong::stream)
            .mapToObj(
                bytes ->
                    "the copy takes %d bytes or more, and 64 MB for a write-ahead log"
                        .formatted(bytes));
    Stream<String> given =
        volume().stream()
            .filter(volume -> volume.capacity().isPresent())
            .map(
                volume ->
                    "claim %s has %d bytes in all"
                        .formatted(volume.claim(), volume.capacity().getAsLong()));
    String known = Stream.concat(needed, given).collect(Collectors.joining("; "));
    return known.isEmpty() ? "" : " (" + known + ")";
  }

  private RestoreTry nextTry() {
    int number = scene.incident().restore().map(RestoreTry::number).orElse(0) + 1;
    return new RestoreTry(number, scene.restoreDirectory(number), scene.seen().at());
  }

  private Decision order(RestoreTry next) {
    RestoreOrder order =
        new RestoreOrder(
            survivor.name(),
            volume().orElseThrow().uid(),
            scene.record().lastKnown().directory(),
            next.directory(),
            "requorum-" + next.directory(),
            scene.seen().goal().peerUrl(survivor.ordinal()),
            scene.revisionBump());
    return scene
        .say()
        .in(
            scene.record(),
            IncidentDraft.of(scene.incident()).restoring(next).build(),
            new Action.Restore(scene.statefulSet(), order),
            Reason.RESTORING,
            "restoring the database of %s into %s".formatted(survivor.name(), next.directory()));
  }

  private Optional<VolumeView> volume() {
    return scene.seen().workload().volume(survivor.name());
  }

  private Decision discard(RestoreView pod, String why) {
    return scene.act(
        new Action.DiscardRestore(pod.uid()),
        Reason.RESTORING,
        "deleting pod %s, %s".formatted(pod.pod(), why));
  }

  /**
   * Marks, state, and only then the survivor. That it was restored completely is what the record
   * says: this step is entered upon that alone.
   */
  Decision adopt() {
    if (scene.survivorIsEmpty()) {
      return lostSurvivor.noneLeft();
    }
    OrdinalWindow alone = OrdinalWindow.only(survivor.ordinal());
    boolean started = scene.statefulSet().window().equals(alone);
    if (!started && scene.assessment().verdict() != Verdict.LOST) {
      return scene.hold(
          Reason.QUORUM_UNDETERMINED,
          "not starting %s: %s".formatted(survivor.name(), scene.assessment().why()),
          true);
    }
    Optional<String> obstacle = started ? scene.obstacle() : scene.running();
    if (obstacle.isPresent()) {
      return scene.hold(
          Reason.FENCING, "waiting until nobody else can run: " + obstacle.get(), false);
    }
    return new Adoption(scene).next().orElseGet(() -> start(started, alone));
  }

  private Decision start(boolean started, OrdinalWindow alone) {
    return started
        ? scene.go(Step.VERIFY, Reason.VERIFYING)
        : scene.act(
            new Action.Resize(scene.statefulSet(), alone),
            Reason.ADOPTING,
            "starting %s on what was restored".formatted(survivor.name()));
  }
}
