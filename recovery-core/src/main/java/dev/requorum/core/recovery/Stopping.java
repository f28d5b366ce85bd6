package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.Optional;

/**
 * The step that stops the survivor, so that its database can be restored. What is restored is
 * whatever its volume holds. So the act demands, at the very look that it is decided upon, that the
 * fence is up, the loss is certain, the survivor has its volume, and it is the member of the plan
 * that runs there: by its own word, or, where it was restarted without a quorum and cannot be
 * asked, by its volume and by what it tells its peers. Where it does not run any more, its volume
 * is what it was chosen for: the original is only read.
 */
final class Stopping {

  private final RebuildScene scene;
  private final LostSurvivor lostSurvivor;
  private final Survivor survivor;

  Stopping(RebuildScene scene, LostSurvivor lostSurvivor) {
    this.scene = scene;
    this.lostSurvivor = lostSurvivor;
    this.survivor = scene.survivor();
  }

  Decision next() {
    if (scene.statefulSet().window().replicas() == 0) {
      return stopped();
    }
    if (scene.obstacle().isPresent()) {
      return scene.go(Step.FENCE, Reason.FENCING);
    }
    if (scene.survivorIsEmpty()) {
      return lostSurvivor.noneLeft();
    }
    if (scene.assessment().verdict() != Verdict.LOST) {
      return scene.hold(
          Reason.QUORUM_UNDETERMINED,
          "not stopping %s: %s".formatted(survivor.name(), scene.assessment().why()),
          true);
    }
    Optional<String> doomed = scene.doomed();
    if (doomed.isPresent()) {
      return scene.hold(Reason.SURVIVOR_VOLUME_DOOMED, doomed.get(), true);
    }
    SurvivorPresence presence = scene.presence();
    if (!presence.answers() && !presence.awaitsLeader() && !presence.is(Missing.DOWN)) {
      return scene.hold(
          Reason.SURVIVOR_NOT_HEALTHY,
          "not stopping %s: %s".formatted(survivor.name(), presence.account()),
          presence.replaced());
    }
    return scene.act(
        new Action.Resize(scene.statefulSet(), new OrdinalWindow(survivor.ordinal(), 0)),
        Reason.STOPPING,
        "stopping %s, so that its database can be restored".formatted(survivor.name()));
  }

  private Decision stopped() {
    return scene
        .running()
        .map(who -> scene.hold(Reason.STOPPING, "waiting until no member can run: " + who, false))
        .orElseGet(() -> scene.go(Step.RESTORE, Reason.RESTORING));
  }
}
