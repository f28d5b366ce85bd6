package dev.requorum.core.growth;

import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import java.util.Optional;

/** Keeps the membership sealed while nobody is to join. */
final class Seal {

  private final Scene scene;

  Seal(Scene scene) {
    this.scene = scene;
  }

  /** While sealed, a member that lost its disk cannot rejoin under its old id with no memory. */
  Optional<GrowthStep> close() {
    InitialCluster sealed = InitialCluster.sealed().in(scene.known.directory());
    if (!scene.known.bootstrapped() || scene.hasInitialCluster(sealed)) {
      return Optional.empty();
    }
    return Optional.of(
        scene.tell(
            sealed, Reason.SEALING, "sealing the membership against members that lost their disk"));
  }
}
