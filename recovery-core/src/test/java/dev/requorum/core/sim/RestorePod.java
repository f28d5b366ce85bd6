package dev.requorum.core.sim;

import dev.requorum.ports.kubernetes.RestoreOrder;
import dev.requorum.ports.kubernetes.RestoreView;
import dev.requorum.ports.kubernetes.RestoreView.State;
import java.util.Optional;

/** The pod of a restore: it runs once. */
final class RestorePod {

  final RestoreOrder order;
  final String uid;
  final int machine;
  State state = State.UNDER_WAY;
  boolean runs;
  private String detail = "";

  RestorePod(RestoreOrder order, String uid) {
    this.order = order;
    this.uid = uid;
    this.machine = World.CLUSTER.ordinalOf(order.survivor()).orElseThrow();
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
        Optional.of(Kube.node(machine)),
        false,
        detail);
  }
}
