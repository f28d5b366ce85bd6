package dev.requorum.core.growth;

import static dev.requorum.core.growth.GrowthStep.act;
import static dev.requorum.core.growth.GrowthStep.hold;

import dev.requorum.core.Action;
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
    if (!scene.known.bootstrapped() || scene.hasInitialCluster(InitialCluster.sealed())) {
      return Optional.empty();
    }
    if (!scene.seen.workload().initialCluster().isKnown()) {
      return Optional.of(
          hold(Reason.EVIDENCE_INCOMPLETE, "the ConfigMap of the initial cluster cannot be read"));
    }
    return Optional.of(
        act(
            new Action.WriteInitialCluster(InitialCluster.sealed()),
            Reason.SEALING,
            "sealing the membership against members that lost their disk"));
  }
}
