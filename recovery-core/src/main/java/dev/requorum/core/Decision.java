package dev.requorum.core;

import dev.requorum.ports.Announcement;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a turn decided. The caller stores {@code next}, then carries out {@code action}, then makes
 * the announcements, and comes back after {@code recheckAfter}; where storing was lost to somebody
 * else, it does none of that and observes again.
 *
 * @param reason why this is the decision: what is done, or what is waited for
 * @param message the same for a human
 * @param blocked a recovery is held by something that time alone will not mend; a human may have to
 *     act
 */
public record Decision(
    RecoveryRecord next,
    Action action,
    Reason reason,
    String message,
    boolean blocked,
    Duration recheckAfter,
    List<Announcement> announcements) {

  public Decision {
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(recheckAfter, "recheckAfter");
    announcements = List.copyOf(announcements);
  }
}
