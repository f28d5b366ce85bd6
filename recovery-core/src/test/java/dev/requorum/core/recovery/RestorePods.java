package dev.requorum.core.recovery;

import dev.requorum.ports.Fact;
import dev.requorum.ports.kubernetes.RestoreView;
import java.util.Optional;

/** Pods that restore demo-2, as a look shows them. */
final class RestorePods {

  private RestorePods() {}

  static Fact<Optional<RestoreView>> pod(String directory, RestoreView.State state, String detail) {
    return Fact.known(
        Optional.of(
            new RestoreView(
                "demo-2-restore",
                "restore-uid",
                directory,
                state,
                Optional.of("node-2"),
                false,
                detail)));
  }
}
