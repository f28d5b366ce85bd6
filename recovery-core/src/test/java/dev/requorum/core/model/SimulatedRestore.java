package dev.requorum.core.model;

import dev.requorum.ports.kubernetes.RestoreOrder;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.RestoreView.State;
import java.util.Optional;

/** The pod of a restore: it runs once. */
final class SimulatedRestore {

  final RestoreOrder order;
  final String uid;
  private State state = State.UNDER_WAY;
  private String detail = "";

  SimulatedRestore(RestoreOrder order, String uid) {
    this.order = order;
    this.uid = uid;
  }

  boolean ended() {
    return state != State.UNDER_WAY;
  }

  void end(Optional<String> complaint) {
    state = complaint.isEmpty() ? State.SUCCEEDED : State.FAILED;
    detail = complaint.orElse("");
  }

  RestoreView view() {
    return new RestoreView(
        order.survivor() + "-restore",
        uid,
        order.directory(),
        state,
        Optional.of(
            SimulatedKubernetes.node(World.CLUSTER.ordinalOf(order.survivor()).orElseThrow())),
        false,
        detail);
  }
}
