package dev.requorum.e2e.safety;

import dev.requorum.core.engine.Ports;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.Preservation;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Strategy;
import java.time.Instant;
import java.util.Optional;

/**
 * Forced in place, on the only copy: what was planned as a restore is recorded as a rebuild in
 * place, and a copy of the survivor's data is reported that nobody made.
 */
final class InPlace implements Preservation {

  /** Where the copy is said to be. */
  static final String NOWHERE = "nowhere";

  private InPlace() {}

  static Ports around(Ports real) {
    return Deceived.by(
        Deceived.by(real, new InPlace()),
        new RewrittenRecords(real.records(), told -> told, InPlace::inPlace));
  }

  private static RecoveryRecord inPlace(RecoveryRecord next) {
    return next.withIncident(
        next.incident()
            .map(
                incident ->
                    incident
                        .plan()
                        .map(plan -> new RewrittenIncident(incident).planned(inPlace(plan)).build())
                        .orElse(incident)));
  }

  private static RecoveryPlan inPlace(RecoveryPlan plan) {
    return new RecoveryPlan(
        Strategy.FORCE_NEW_CLUSTER, plan.why(), plan.survivor(), 0, plan.passedOver(), plan.hash());
  }

  @Override
  public Fact<Optional<PreservedCopy>> find(ClusterRef cluster, String incident) {
    return Fact.known(Optional.of(new PreservedCopy(NOWHERE, 0, "", Instant.EPOCH)));
  }

  @Override
  public Outcome preserve(ClusterRef cluster, String incident, MemberEndpoint survivor) {
    return Outcome.done();
  }
}
