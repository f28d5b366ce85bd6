package dev.requorum.core.recovery;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.growth.Evidence;
import dev.requorum.core.growth.Growth;
import dev.requorum.core.growth.GrowthStep;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumRule;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The recovery gate: every transition between phases and steps, and what is done in each (S06). One
 * decision, made of one look and of what is recorded; it keeps nothing between decisions.
 */
final class PhaseMachine {

  private final Observation seen;
  private final Assessment assessment;
  private final RecoveryRecord record;
  private final RecoveryPolicy policy;
  private final SurvivorHealth health;
  private final Decisions say;

  PhaseMachine(
      Observation seen,
      Assessment assessment,
      RecoveryRecord record,
      RecoveryPolicy policy,
      SurvivorHealth health) {
    this.seen = seen;
    this.assessment = assessment;
    this.record = record;
    this.policy = policy;
    this.health = health;
    this.say = new Decisions(seen.at(), record, policy);
  }

  Decision decide() {
    Optional<Incident> ongoing = record.ongoing();
    if (ongoing.isEmpty()) {
      return noIncident();
    }
    Incident incident = ongoing.get();
    return switch (incident.phase()) {
      case DETECTING -> detecting(incident);
      case REBUILDING -> new Rebuilding(seen, assessment, policy, health).decide(record);
      case SCALING_OUT -> scalingOut(incident);
      case COMPLETED -> noIncident();
    };
  }

  private Decision noIncident() {
    if (!record.lastKnown().bootstrapped()) {
      return say.idle(
          Reason.NEVER_BOOTSTRAPPED,
          "the cluster never had all its members healthy; waiting for them: "
              + assessment.why()
              + overFormerVolumes(),
          false);
    }
    return switch (assessment.verdict()) {
      case QUORATE -> throw new IllegalStateException("a quorate cluster needs no recovery gate");
      case UNDETERMINED -> undetermined();
      case LOST ->
          assessment.voters().size() == 1
              ? say.idle(
                  Reason.SINGLE_MEMBER,
                  "the only member is missing; there is no survivor to recover from",
                  true)
              : detect();
    };
  }

  private String overFormerVolumes() {
    boolean sealed =
        seen.workload()
            .initialCluster()
            .value()
            .flatMap(told -> told)
            .filter(InitialCluster::isSealed)
            .isPresent();
    return sealed
        ? ". It was made over the volumes of a former cluster, so that no member starts with an empty"
            + " one; if there is no data on any of them, delete the EtcdCluster and its claims"
        : "";
  }

  private Decision undetermined() {
    List<Voter> unreachable = assessment.missing(Missing.UNREACHABLE);
    boolean elsewhere =
        !unreachable.isEmpty()
            && !QuorumRule.majorityUp(assessment.voters().stream().map(Voter::health).toList());
    return elsewhere
        ? say.idle(Reason.MEMBER_UNREACHABLE, Commitment.unreachable(unreachable), true)
        : say.idle(Reason.QUORUM_UNDETERMINED, assessment.why(), false);
  }

  private Decision detect() {
    return say.lost(record, assessment, policy.incidentInterval());
  }

  private Decision detecting(Incident incident) {
    return switch (assessment.verdict()) {
      case QUORATE ->
          say.forget(incident, Action.none(), "the quorum is back before anything was changed");
      case UNDETERMINED -> suspended(incident);
      case LOST -> lost(incident);
    };
  }

  /** The window does not go on: a loss that cannot be seen is not observed. */
  private Decision suspended(Incident incident) {
    boolean unreachable = !assessment.missing(Missing.UNREACHABLE).isEmpty();
    boolean quorumPossible =
        QuorumInBetween.isProven(incident.evidence(), assessment) || anyAbsentIsReady();
    Duration observed = quorumPossible ? Duration.ZERO : incident.evidence().observedLost();
    boolean overdue =
        Duration.between(incident.detectedAt(), seen.at()).compareTo(policy.gracePeriod()) > 0;
    Incident still = withEvidence(incident, observed);
    return unreachable
        ? say.hold(
            still,
            Reason.MEMBER_UNREACHABLE,
            Commitment.unreachable(assessment.missing(Missing.UNREACHABLE)),
            overdue)
        : say.hold(still, Reason.QUORUM_UNDETERMINED, assessment.why(), overdue);
  }

  /** Ready is etcd's own word that it has a quorum: behind a partition, a window starts anew. */
  private boolean anyAbsentIsReady() {
    return assessment.absent().stream()
        .anyMatch(voter -> seen.workload().pod(voter.name()).filter(PodView::ready).isPresent());
  }

  private Decision lost(Incident incident) {
    Duration observed = observedLost(incident);
    Duration window = Commitment.window(assessment, policy);
    Incident still = withEvidence(incident, observed);
    if (observed.compareTo(window) < 0) {
      return waiting(still, observed, window);
    }
    Commitment commitment =
        Commitment.weigh(seen, assessment, record.lastKnown(), policy, incident.id());
    Incident planned = IncidentDraft.of(still).planning(commitment.plan()).build();
    if (commitment.plan().isEmpty()) {
      return say.hold(planned, commitment.reason(), commitment.message(), true);
    }
    RecoveryPlan plan = commitment.plan().get();
    return Clearance.missing(plan, seen, record, policy)
        .map(hold -> say.hold(planned, hold.reason(), hold.message(), hold.blocked()))
        .orElseGet(() -> commit(planned, plan, commitment));
  }

  private Decision commit(Incident planned, RecoveryPlan plan, Commitment commitment) {
    Incident committed =
        IncidentDraft.of(planned)
            .committedTo(plan.survivor(), seen.at())
            .saying(commitment.reason(), commitment.message())
            .build();
    RecoveryRecord next = record.withOneMoreAttempt().withIncident(Optional.of(committed));
    return say.told(next, Decisions.AT_ONCE);
  }

  private Decision waiting(Incident still, Duration observed, Duration window) {
    String sofar =
        "quorum lost for %d of %d s: %s"
            .formatted(observed.toSeconds(), window.toSeconds(), assessment.why());
    Duration left = window.minus(observed);
    List<PassedOver> fresher = FresherVolumes.ofAny(seen, assessment, record.lastKnown());
    return fresher.isEmpty()
        ? say.holdUntil(left, still, Reason.WAITING_GRACE_PERIOD, sofar)
        : say.holdUntil(
            left,
            still,
            Reason.FRESHER_VOLUME,
            sofar + "; " + FresherVolumes.waitedFor(fresher, assessment, seen.at().plus(left)));
  }

  /** Without a plan: one that rests upon an earlier look is void. */
  private Incident withEvidence(Incident incident, Duration observed) {
    long highestBefore = incident.evidence().raftIndex();
    return IncidentDraft.of(incident)
        .withEvidence(Incidents.evidence(assessment, observed, seen.at(), highestBefore))
        .planning(Optional.empty())
        .build();
  }

  private Duration observedLost(Incident incident) {
    if (QuorumInBetween.isProven(incident.evidence(), assessment)) {
      return Duration.ZERO;
    }
    Duration since = Duration.between(incident.evidence().lastLook(), seen.at());
    Duration credit = since.isNegative() ? Duration.ZERO : since;
    return incident
        .evidence()
        .observedLost()
        .plus(credit.compareTo(policy.longestCredit()) > 0 ? policy.longestCredit() : credit);
  }

  /** The survivor is gone, or restarts, before anybody else has its data. */
  private Decision lostAlone(Incident incident) {
    return say.hold(
        incident,
        Reason.SINGLE_MEMBER,
        "the survivor, which was the only member so far, is missing: %s; where its data from before"
                .formatted(assessment.absent().get(0).detail())
            + " the rebuild is: "
            + incident.dataLoss().flatMap(DataLoss::original).orElse("not known"),
        !assessment.missing(Missing.GONE).isEmpty());
  }

  private Decision scalingOut(Incident incident) {
    if (assessment.verdict() == Verdict.LOST) {
      return assessment.voters().size() == 1 ? lostAlone(incident) : detect();
    }
    LastKnown known =
        LastKnownUpdate.after(seen, assessment, record.lastKnown(), policy.lastKnownInterval());
    GrowthStep step = Growth.next(seen, assessment, known, Evidence.of(record));
    RecoveryRecord next = record.withLastKnown(known);
    if (step.reason() != Reason.AS_DESIRED) {
      return say.in(next, incident, step.action(), step.reason(), step.message());
    }
    Incident completed =
        IncidentDraft.of(incident)
            .completed(seen.at())
            .saying(Reason.RECOVERY_COMPLETED, "all members are back: " + step.message())
            .build();
    return say.told(next.withIncident(Optional.of(completed)), policy.calmInterval());
  }
}
