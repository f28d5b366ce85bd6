package dev.requorum.core.recovery;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.Optional;

/** {@link Phase#REBUILDING}: from step to step, as far as one look reaches. */
final class Rebuilding {

  private final Observation seen;
  private final Assessment assessment;
  private final RecoveryPolicy policy;
  private final SurvivorHealth health;

  Rebuilding(
      Observation seen, Assessment assessment, RecoveryPolicy policy, SurvivorHealth health) {
    this.seen = seen;
    this.assessment = assessment;
    this.policy = policy;
    this.health = health;
  }

  /** The decision on the record's incident. */
  Decision decide(RecoveryRecord record) {
    Incident incident = record.incident().orElseThrow();
    Decisions say = new Decisions(seen.at(), record, policy);
    Optional<Optional<StatefulSetView>> read = seen.workload().statefulSet().value();
    if (read.isEmpty() || !seen.workload().pods().isKnown()) {
      return say.hold(
          incident, Reason.EVIDENCE_INCOMPLETE, "the StatefulSet or its pods cannot be read", true);
    }
    if (read.get().isEmpty()) {
      return say.hold(incident, Reason.WORKLOAD_MISSING, withoutStatefulSet(incident), true);
    }
    return rebuilding(record, read.get().get());
  }

  private static String withoutStatefulSet(Incident incident) {
    Survivor survivor = incident.survivor().orElseThrow();
    return ("the StatefulSet does not exist any more, and is not made again in the middle of a"
            + " rebuild. Make it again as it was, with spec.ordinals.start %d and spec.replicas 1:"
            + " the data of %s is on claim etcd-data-%s%s")
        .formatted(
            survivor.ordinal(),
            survivor.name(),
            survivor.name(),
            incident.copy().map(copy -> ", a copy of it at " + copy.location()).orElse(""));
  }

  /**
   * A step is entered in the record that goes with its first act, or with what it waits for: the
   * record is stored before the act all the same, and no turn is spent on the entry alone.
   */
  private Decision rebuilding(RecoveryRecord record, StatefulSetView statefulSet) {
    Decision decision = step(record, statefulSet);
    RecoveryRecord entered = record;
    for (int i = 0; i < Step.values().length && entersStep(entered, decision); i++) {
      entered = decision.next();
      decision = step(entered, statefulSet);
    }
    return decision;
  }

  private Decision step(RecoveryRecord at, StatefulSetView statefulSet) {
    Incident incident = at.incident().orElseThrow();
    Decisions say = new Decisions(seen.at(), at, policy);
    RebuildScene scene = new RebuildScene(seen, assessment, at, incident, statefulSet, say);
    return new Rebuild(scene, policy, health).step();
  }

  private static boolean entersStep(RecoveryRecord from, Decision decision) {
    Optional<Step> next = decision.next().incident().flatMap(Incident::step);
    return next.isPresent() && !next.equals(from.incident().flatMap(Incident::step));
  }
}
