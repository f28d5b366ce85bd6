package dev.requorum.core.growth;

import dev.requorum.core.Action;
import dev.requorum.ports.Reason;
import java.util.Objects;

/**
 * The next step towards the wanted membership.
 *
 * @param message what it is, for a human
 */
public record GrowthStep(Action action, Reason reason, String message) {

  public GrowthStep {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }

  static GrowthStep act(Action action, Reason reason, String message) {
    return new GrowthStep(action, reason, message);
  }

  static GrowthStep hold(Reason reason, String message) {
    return new GrowthStep(Action.none(), reason, message);
  }
}
