package dev.requorum.operator.status;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.engine.Turn;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.core.quorum.Voter;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.status.Finding.Truth;
import dev.requorum.operator.status.Finding.Type;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The conditions as a table: what each of them is after a turn, or where no turn was possible. What
 * is not known is Unknown, never the better of two answers.
 */
final class Findings {

  /** Decisions without an act after which nothing is under way: all is well, or all is stuck. */
  private static final Set<Reason> IDLE =
      EnumSet.of(
          Reason.QUORATE,
          Reason.HEALED,
          Reason.AS_DESIRED,
          Reason.NO_RECOVERY,
          Reason.RECOVERY_COMPLETED,
          Reason.DATA_LOSS_ACKNOWLEDGED,
          Reason.SINGLE_MEMBER,
          Reason.QUORUM_UNDETERMINED,
          Reason.MEMBER_UNHEALTHY,
          Reason.MEMBER_LIST_UNUSABLE,
          Reason.EVIDENCE_INCOMPLETE,
          Reason.VOLUME_KEPT,
          Reason.WORKLOAD_MISSING);

  private Findings() {}

  static List<Finding> of(Turn turn) {
    return List.of(
        available(turn),
        progressing(turn),
        degraded(turn),
        recovering(turn.record()),
        recoveryBlocked(turn),
        dataLossPossible(turn));
  }

  /** Nothing is done for this cluster until a human mends the cause. */
  static List<Finding> refused(Reason reason, String message) {
    return List.of(
        new Finding(Type.AVAILABLE, Truth.UNKNOWN, reason, "Not looked after: " + message),
        new Finding(Type.PROGRESSING, Truth.FALSE, reason, message),
        new Finding(Type.DEGRADED, Truth.TRUE, reason, message));
  }

  /**
   * Nothing but recovery is done for this cluster until a human mends the cause. What is worse with
   * the cluster itself is told first.
   */
  static List<Finding> refused(Turn turn, Reason reason, String message) {
    return of(turn).stream()
        .map(
            finding ->
                switch (finding.type()) {
                  case PROGRESSING -> new Finding(Type.PROGRESSING, Truth.FALSE, reason, message);
                  case DEGRADED ->
                      finding.truth() == Truth.TRUE ? finding : degraded(reason, message);
                  case AVAILABLE, RECOVERING, RECOVERY_BLOCKED, DATA_LOSS_POSSIBLE -> finding;
                })
        .toList();
  }

  /** The manifest asks for an object that the API server refuses. */
  static Finding rejected(String message) {
    return new Finding(Type.PROGRESSING, Truth.FALSE, Reason.ACT_REFUSED, message);
  }

  /** It could not be looked at the cluster; what was known of its health is out of date. */
  static List<Finding> notLookedAt(Reason reason, String message) {
    return List.of(
        new Finding(Type.AVAILABLE, Truth.UNKNOWN, reason, message),
        new Finding(Type.PROGRESSING, Truth.UNKNOWN, reason, message),
        new Finding(Type.DEGRADED, Truth.UNKNOWN, reason, message));
  }

  private static Finding available(Turn turn) {
    Assessment assessment = turn.assessment();
    return switch (assessment.verdict()) {
      case QUORATE -> new Finding(Type.AVAILABLE, Truth.TRUE, Reason.QUORATE, assessment.why());
      case LOST -> new Finding(Type.AVAILABLE, Truth.FALSE, Reason.QUORUM_LOST, assessment.why());
      case UNDETERMINED ->
          new Finding(
              Type.AVAILABLE, Truth.UNKNOWN, Reason.QUORUM_UNDETERMINED, undetermined(turn));
    };
  }

  private static String undetermined(Turn turn) {
    String pods = PodTroubles.of(turn.observation().workload()).inWords();
    return pods.isEmpty() ? turn.assessment().why() : turn.assessment().why() + "; " + pods;
  }

  private static Finding progressing(Turn turn) {
    Decision decision = turn.decision();
    if (turn.trouble().isPresent()) {
      Turn.Trouble trouble = turn.trouble().get();
      Reason reason = trouble.refused() ? Reason.ACT_REFUSED : Reason.PORT_FAILED;
      return new Finding(
          Type.PROGRESSING, Truth.TRUE, reason, decision.message() + ": " + trouble.message());
    }
    boolean acting = !(decision.action() instanceof Action.None);
    boolean underWay = acting || !IDLE.contains(decision.reason());
    return new Finding(
        Type.PROGRESSING,
        Truth.of(underWay && !decision.blocked()),
        decision.reason(),
        decision.message());
  }

  private static Finding degraded(Turn turn) {
    Assessment assessment = turn.assessment();
    List<Voter> absent = assessment.absent();
    Optional<Incident> ongoing = turn.record().ongoing();
    if (assessment.verdict() == Verdict.LOST) {
      return degraded(Reason.QUORUM_LOST, assessment.why());
    }
    if (!absent.isEmpty()) {
      return degraded(Reason.MEMBER_UNHEALTHY, inWords(absent));
    }
    if (ongoing.isPresent()) {
      return degraded(ongoing.get().reason(), ongoing.get().message());
    }
    List<String> complaints = complaints(assessment);
    if (!complaints.isEmpty()) {
      return degraded(Reason.MEMBER_UNHEALTHY, String.join("; ", complaints));
    }
    if (assessment.verdict() != Verdict.QUORATE) {
      return new Finding(
          Type.DEGRADED, Truth.UNKNOWN, Reason.QUORUM_UNDETERMINED, undetermined(turn));
    }
    if (assessment.members().isEmpty()) {
      return new Finding(
          Type.DEGRADED,
          Truth.UNKNOWN,
          Reason.MEMBER_LIST_UNUSABLE,
          "The member list could not be read by a quorum, so that nobody can tell whether all"
              + " members are well.");
    }
    return new Finding(
        Type.DEGRADED, Truth.FALSE, Reason.QUORATE, "All voters answer and follow one leader.");
  }

  private static Finding degraded(Reason reason, String message) {
    return new Finding(Type.DEGRADED, Truth.TRUE, reason, message);
  }

  private static String inWords(List<Voter> absent) {
    return absent.stream()
        .map(
            voter ->
                "%s does not answer (%s: %s)"
                    .formatted(
                        voter.name(),
                        voter.missing().map(Object::toString).orElse("?"),
                        voter.detail()))
        .collect(Collectors.joining("; "));
  }

  private static List<String> complaints(Assessment assessment) {
    return assessment.voters().stream()
        .filter(voter -> voter.status().map(status -> !status.errors().isEmpty()).orElse(false))
        .map(
            voter ->
                "%s reports: %s"
                    .formatted(
                        voter.name(), String.join(", ", voter.status().orElseThrow().errors())))
        .toList();
  }

  private static Finding recovering(RecoveryRecord record) {
    return record
        .incident()
        .map(incident -> recovering(incident, record.attempts()))
        .orElseGet(
            () ->
                new Finding(
                    Type.RECOVERING, Truth.FALSE, Reason.NO_RECOVERY, "No quorum was ever lost."));
  }

  private static Finding recovering(Incident incident, int attempts) {
    boolean committed = incident.phase() != Phase.DETECTING && incident.ongoing();
    String message =
        committed
            ? "%s, attempt %d: %s".formatted(incident.phase().word(), attempts, incident.message())
            : incident.message();
    return new Finding(Type.RECOVERING, Truth.of(committed), incident.reason(), message);
  }

  private static Finding recoveryBlocked(Turn turn) {
    Decision decision = turn.decision();
    if (decision.blocked()) {
      return new Finding(Type.RECOVERY_BLOCKED, Truth.TRUE, decision.reason(), decision.message());
    }
    return new Finding(
        Type.RECOVERY_BLOCKED, Truth.FALSE, Reason.NO_RECOVERY, "No recovery is held.");
  }

  /** Any incident counts, earlier ones too: a mark stays until it is acknowledged. */
  private static Finding dataLossPossible(Turn turn) {
    RecoveryRecord record = turn.record();
    List<Incident> incidents = record.incidents().toList();
    List<Incident> open = incidents.stream().filter(Incident::unacknowledged).toList();
    if (!open.isEmpty()) {
      return new Finding(
          Type.DATA_LOSS_POSSIBLE,
          Truth.TRUE,
          Reason.POSSIBLE_DATA_LOSS,
          open.stream().map(Findings::account).collect(Collectors.joining(" ")));
    }
    return incidents.stream()
        .filter(incident -> incident.acknowledgedAt().isPresent())
        .reduce((earlier, later) -> later)
        .map(
            incident ->
                new Finding(
                    Type.DATA_LOSS_POSSIBLE,
                    Truth.FALSE,
                    Reason.DATA_LOSS_ACKNOWLEDGED,
                    "The data loss of incident %s was acknowledged at %s."
                        .formatted(incident.id(), incident.acknowledgedAt().orElseThrow())))
        .orElseGet(
            () ->
                new Finding(
                    Type.DATA_LOSS_POSSIBLE,
                    Truth.FALSE,
                    Reason.NO_DATA_LOSS,
                    "No recovery ever put data at risk."));
  }

  /** An account of an earlier version does not say how it is acknowledged. */
  private static String account(Incident incident) {
    String message = incident.dataLoss().orElseThrow().message();
    return message.contains(EtcdCluster.ACKNOWLEDGE_DATA_LOSS)
        ? message
        : "%s To acknowledge it, set the annotation %s=%s."
            .formatted(message, EtcdCluster.ACKNOWLEDGE_DATA_LOSS, incident.id());
  }
}
