package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a decision into words: the record that says it, when to come back, what to announce. */
final class Decisions {

  /** Something was done or recorded; its effect is worth a look right away. */
  static final Duration AT_ONCE = Duration.ofMillis(10);

  private final Instant at;
  private final RecoveryRecord record;
  private final RecoveryPolicy policy;

  Decisions(Instant at, RecoveryRecord record, RecoveryPolicy policy) {
    this.at = at;
    this.record = record;
    this.policy = policy;
  }

  /** Waits without an incident. */
  Decision idle(Reason reason, String message, boolean blocked) {
    return decision(record, Action.none(), reason, message, blocked, policy.incidentInterval());
  }

  /** Waits within an incident; the record says for what. */
  Decision hold(Incident incident, Reason reason, String message, boolean blocked) {
    return saying(record, incident, Action.none(), reason, message, blocked);
  }

  /**
   * Waits within an incident for something that is due after a while: looks again then, at the
   * latest.
   */
  Decision holdUntil(Duration due, Incident incident, Reason reason, String message) {
    Incident said = IncidentDraft.of(incident).saying(reason, message).build();
    Duration recheckAfter =
        due.compareTo(policy.incidentInterval()) < 0 ? due : policy.incidentInterval();
    return told(record.withIncident(Optional.of(said)), recheckAfter);
  }

  /** Does something, or waits, within a phase or step that goes on. */
  Decision in(
      RecoveryRecord next, Incident incident, Action action, Reason reason, String message) {
    return saying(next, incident, action, reason, message, false);
  }

  /** Waits within an incident for something that takes a moment: looks again soon. */
  Decision holdBriefly(Incident incident, Reason reason, String message) {
    Decision held = hold(incident, reason, message, false);
    return new Decision(
        held.next(),
        held.action(),
        held.reason(),
        held.message(),
        held.blocked(),
        policy.incidentInterval().dividedBy(4),
        held.announcements());
  }

  /** Goes on to a step; what it does is decided upon the same look. */
  Decision enter(IncidentDraft draft, Step step, Reason reason, String message) {
    Incident next = draft.entering(step, at).saying(reason, message).build();
    return told(record.withIncident(Optional.of(next)), AT_ONCE);
  }

  /** Begins to observe a loss that was just seen. */
  Decision lost(RecoveryRecord before, Assessment loss, Duration recheckAfter) {
    return told(Incidents.detect(before, loss, at, policy.attempts().window()), recheckAfter);
  }

  /** Does nothing but record an incident, which says itself why. */
  Decision told(RecoveryRecord next, Duration recheckAfter) {
    Incident incident = next.incident().orElseThrow();
    return decision(
        next, Action.none(), incident.reason(), incident.message(), false, recheckAfter);
  }

  private Decision saying(
      RecoveryRecord next,
      Incident incident,
      Action action,
      Reason reason,
      String message,
      boolean blocked) {
    Incident said = IncidentDraft.of(incident).saying(reason, message).build();
    return decision(
        next.withIncident(Optional.of(said)),
        action,
        reason,
        message,
        blocked || takesTooLong(incident, action),
        action instanceof Action.None ? policy.incidentInterval() : AT_ONCE);
  }

  /** Adding one member after another is progress, however long it takes in all. */
  private boolean takesTooLong(Incident incident, Action action) {
    boolean progress = incident.phase() == Phase.SCALING_OUT && !(action instanceof Action.None);
    return incident.startedAt().isPresent()
        && !progress
        && Duration.between(incident.stepSince(), at).compareTo(policy.stepLimit()) > 0;
  }

  /**
   * The incident came to nothing, since the quorum is back. It is told in this very turn or never:
   * the record forgets it.
   */
  Decision forget(Incident incident, Action action, String message) {
    RecoveryRecord next = Incidents.forget(record);
    List<Announcement> announcements =
        new ArrayList<>(Announcements.of(next, at, policy.announcementAge()));
    announcements.add(Announcements.healed(incident, message, at));
    return new Decision(next, action, Reason.HEALED, message, false, AT_ONCE, announcements);
  }

  /** Any decision; what the record has to announce goes with it. */
  Decision decision(
      RecoveryRecord next,
      Action action,
      Reason reason,
      String message,
      boolean blocked,
      Duration recheckAfter) {
    List<Announcement> announcements =
        new ArrayList<>(Announcements.of(next, at, policy.announcementAge()));
    if (blocked) {
      next.ongoing()
          .map(incident -> Announcements.blocked(incident, reason, message, at))
          .ifPresent(announcements::add);
    }
    Announcements.replaced(action, reason, message, at).ifPresent(announcements::add);
    return new Decision(next, action, reason, message, blocked, recheckAfter, announcements);
  }
}
