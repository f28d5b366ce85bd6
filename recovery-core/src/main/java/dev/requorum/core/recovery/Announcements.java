package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What people are told of an incident (S09). Derived from the record alone, so that a successor
 * tells what its predecessor did not come to tell; each thing has a key of its own, so that nothing
 * is told twice.
 */
final class Announcements {

  private Announcements() {}

  /** All that the record has to say and that came to be within {@code age} before {@code at}. */
  static List<Announcement> of(RecoveryRecord record, Instant at, Duration age) {
    List<Announcement> all = new ArrayList<>();
    record.history().forEach(old -> acknowledgement(old).ifPresent(all::add));
    record.history().stream().filter(Incidents::wasGivenUp).forEach(old -> all.add(givenUp(old)));
    record.incident().ifPresent(incident -> addAll(incident, record, all));
    record.incident().flatMap(Announcements::acknowledgement).ifPresent(all::add);
    all.removeIf(one -> Duration.between(one.at(), at).compareTo(age) > 0);
    return all;
  }

  private static void addAll(Incident incident, RecoveryRecord record, List<Announcement> all) {
    String id = incident.id();
    all.add(
        new Announcement(
            id + "-lost",
            true,
            Reason.QUORUM_LOST,
            "The cluster lost its quorum. Nothing is changed before the loss is certain.",
            incident.detectedAt()));
    incident.startedAt().ifPresent(at -> all.add(started(incident, record.attempts(), at)));
    incident.dataLoss().ifPresent(loss -> all.add(possibleLoss(id, loss)));
    incident
        .dataLoss()
        .filter(loss -> incident.phase().compareTo(Phase.SCALING_OUT) >= 0)
        .ifPresent(loss -> all.add(scalingOut(incident, loss.recoveredAt())));
    incident
        .completedAt()
        .ifPresent(
            at ->
                all.add(
                    new Announcement(
                        id + "-completed",
                        false,
                        Reason.RECOVERY_COMPLETED,
                        "All members are back.",
                        at)));
  }

  private static Optional<Announcement> acknowledgement(Incident incident) {
    return incident
        .acknowledgedAt()
        .map(
            at ->
                new Announcement(
                    incident.id() + "-acknowledged",
                    false,
                    Reason.DATA_LOSS_ACKNOWLEDGED,
                    "The possible data loss of incident %s was acknowledged."
                        .formatted(incident.id()),
                    at));
  }

  private static Announcement started(Incident incident, int attempts, Instant at) {
    return new Announcement(
        incident.id() + "-started",
        true,
        Reason.RECOVERY_STARTED,
        "Attempt %d: %s. Writes that it had not seen are lost for good: DATA LOSS IS POSSIBLE."
            .formatted(
                attempts,
                incident
                    .plan()
                    .map(PlanDraft::inWords)
                    .orElseGet(
                        () ->
                            "rebuilding the cluster from "
                                + incident.survivor().orElseThrow().name())),
        at);
  }

  private static Announcement givenUp(Incident givenUp) {
    return new Announcement(
        givenUp.id() + "-given-up", true, givenUp.reason(), givenUp.message(), givenUp.stepSince());
  }

  private static Announcement scalingOut(Incident incident, Instant at) {
    return new Announcement(
        incident.id() + "-scaling-out",
        false,
        Reason.RECOVERY_SCALING_OUT,
        "The survivor %s serves again; members are added back one at a time."
            .formatted(incident.survivor().orElseThrow().name()),
        at);
  }

  private static Announcement possibleLoss(String id, DataLoss loss) {
    return new Announcement(
        id + "-data-loss", true, Reason.POSSIBLE_DATA_LOSS, loss.message(), loss.recoveredAt());
  }

  /** A loss that was over before anything was forced. */
  static Announcement healed(Incident incident, String message, Instant at) {
    return new Announcement(incident.id() + "-healed", false, Reason.HEALED, message, at);
  }

  /**
   * A member that lost its volume and is removed to be added anew; empty where the act is another.
   */
  static Optional<Announcement> replaced(Action action, Reason reason, String message, Instant at) {
    return reason == Reason.MEMBER_REPLACED && action instanceof Action.Remove removal
        ? Optional.of(
            new Announcement("member-" + removal.member() + "-replaced", true, reason, message, at))
        : Optional.empty();
  }

  /** A recovery that is held until something changes or a human acts. */
  static Announcement blocked(Incident incident, Reason reason, String message, Instant at) {
    return new Announcement(
        incident.id() + "-blocked-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        true,
        Reason.RECOVERY_BLOCKED,
        message,
        at);
  }
}
