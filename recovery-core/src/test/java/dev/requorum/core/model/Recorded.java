package dev.requorum.core.model;

import dev.requorum.ports.Reason;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.RestoreTry;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Records of a cluster that a {@link Look} shows, with an incident in some phase. */
public final class Recorded {

  public static final String INCIDENT = "i-1";

  /** How long before the look the incident was detected. */
  public static final Duration AGO = Duration.ofSeconds(60);

  /** By how much a restore raises the revision. */
  public static final long BUMP = 1000;

  /** How large the survivor's database was when a restore was planned. */
  public static final long DATABASE_BYTES = 25_165_824;

  private Recorded() {}

  public static RecoveryRecord noIncident(Look look) {
    return RecoveryRecord.empty().withLastKnown(look.lastKnown());
  }

  /** A loss that was last seen a second before the look. */
  public static RecoveryRecord detecting(Look look, Duration observed, long raftIndex) {
    LossEvidence evidence =
        new LossEvidence(observed, Look.AT.minusSeconds(1), raftIndex, List.of());
    return with(look, incident(Phase.DETECTING, Optional.empty(), evidence, 0));
  }

  public static RecoveryRecord rebuilding(Look look, Step step, int survivor) {
    return with(look, incident(Phase.REBUILDING, Optional.of(step), LOOKED_AT_ONCE, survivor))
        .withOneMoreAttempt();
  }

  /** A rebuild by restore, at this try of it; 0 for none yet. */
  public static RecoveryRecord restoring(Look look, Step step, int survivor, int number) {
    RecoveryRecord record = rebuilding(look, step, survivor);
    Incident incident = record.incident().orElseThrow();
    RecoveryPlan plan =
        new RecoveryPlan(
            Strategy.RESTORE,
            "",
            incident.survivor().orElseThrow(),
            BUMP,
            List.of(),
            OptionalLong.of(DATABASE_BYTES),
            "0a1b2c");
    Optional<RestoreTry> tried =
        Optional.of(number)
            .filter(n -> n > 0)
            .map(n -> new RestoreTry(n, INCIDENT + "-" + n, Look.AT.minusSeconds(2)));
    return record.withIncident(
        Optional.of(
            new Incident(
                incident.id(),
                incident.phase(),
                incident.step(),
                incident.reason(),
                incident.message(),
                incident.detectedAt(),
                incident.startedAt(),
                incident.completedAt(),
                incident.evidence(),
                incident.survivor(),
                incident.copy(),
                incident.armedAt(),
                incident.dataLoss(),
                incident.acknowledgedAt(),
                incident.stepSince(),
                Optional.of(plan),
                tried)));
  }

  public static RecoveryRecord in(Look look, Phase phase, int survivor) {
    return with(look, incident(phase, Optional.empty(), LOOKED_AT_ONCE, survivor))
        .withOneMoreAttempt();
  }

  private static final LossEvidence LOOKED_AT_ONCE =
      new LossEvidence(AGO, Look.AT.minusSeconds(1), 50, List.of());

  private static RecoveryRecord with(Look look, Incident incident) {
    return noIncident(look).withIncident(Optional.of(incident));
  }

  private static Incident incident(
      Phase phase, Optional<Step> step, LossEvidence evidence, int survivor) {
    Instant detected = Look.AT.minus(AGO);
    boolean committed = phase != Phase.DETECTING;
    Optional<DataLoss> loss =
        Optional.of(new DataLoss(Look.id(survivor), 40, 50, Look.AT.minusSeconds(3), "lost"))
            .filter(any -> committed && phase != Phase.REBUILDING);
    return new Incident(
        INCIDENT,
        phase,
        step,
        Reason.QUORUM_LOST,
        "",
        detected,
        Optional.of(Look.AT.minusSeconds(5)).filter(any -> committed),
        Optional.of(Look.AT.minusSeconds(1)).filter(any -> phase == Phase.COMPLETED),
        evidence,
        Optional.of(new Survivor(Look.id(survivor), Look.name(survivor), survivor, 3, 50, 40))
            .filter(any -> committed),
        Optional.empty(),
        Optional.empty(),
        loss,
        Optional.empty(),
        Look.AT.minusSeconds(2));
  }
}
