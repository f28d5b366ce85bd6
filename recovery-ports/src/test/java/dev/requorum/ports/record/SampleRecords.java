package dev.requorum.ports.record;

import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Records that between them have each field present once and absent once. */
public final class SampleRecords {

  private static final Instant T0 = Instant.parse("2026-01-31T12:00:00.123456789Z");
  private static final MemberId SURVIVOR = MemberId.parse("ffeeddccbbaa9988");
  private static final MemberId LOST = MemberId.parse("1");

  private SampleRecords() {}

  public static List<RecoveryRecord> all() {
    return List.of(
        RecoveryRecord.empty(), steady(), detecting(), rebuilding(), scalingOut(), completed());
  }

  /** A cluster to which nothing happened, and whose membership is known. */
  public static RecoveryRecord steady() {
    return RecoveryRecord.empty().withLastKnown(lastKnown());
  }

  /** An incident with nothing but what detection gives it. */
  public static RecoveryRecord detecting() {
    LossEvidence evidence = new LossEvidence(Duration.ZERO, T0, 0, List.of());
    Incident incident =
        new Incident(
            "i1",
            Phase.DETECTING,
            Optional.empty(),
            Reason.WAITING_GRACE_PERIOD,
            "",
            T0,
            Optional.empty(),
            Optional.empty(),
            evidence,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            T0);
    return steady().withIncident(Optional.of(incident));
  }

  public static RecoveryRecord rebuilding() {
    return committed(Phase.REBUILDING, Optional.of(Step.PRESERVE), false);
  }

  public static RecoveryRecord scalingOut() {
    return committed(Phase.SCALING_OUT, Optional.empty(), false);
  }

  /** Every field set: a completed, acknowledged incident, with an earlier one behind it. */
  public static RecoveryRecord completed() {
    RecoveryRecord last = committed(Phase.COMPLETED, Optional.empty(), true);
    return last.withOneMoreAttempt()
        .withOneMoreAttempt()
        .withHistory(List.of(last.incident().orElseThrow(), detecting().incident().orElseThrow()));
  }

  private static RecoveryRecord committed(Phase phase, Optional<Step> step, boolean acknowledged) {
    Survivor survivor =
        acknowledged
            ? new Survivor(SURVIVOR, "demo-2", 2, 3, 52, 41)
            : Survivor.lastSeenAt(SURVIVOR, "demo-2", 2, 41);
    DataLoss loss =
        new DataLoss(
            SURVIVOR,
            41,
            52,
            T0.plusSeconds(9),
            new LossBounds(2, OptionalLong.of(7)),
            List.of(
                new LastSeen(LOST, "demo-0", 43, Optional.of(T0.minusSeconds(3))),
                new LastSeen(SURVIVOR, "demo-2", 0, Optional.empty())),
            Optional.of(new ClusterId(-1)),
            Optional.of(new ClusterId(77)),
            1_000_000_000,
            Optional.of("directory a of claim b"),
            "At least 0 \"writes\" …");
    RecoveryPlan plan =
        new RecoveryPlan(
            Strategy.RESTORE,
            "not ForceNewCluster",
            survivor,
            1_000_000_000,
            List.of(new PassedOver(LOST, "demo-0", "6f1d", 43)),
            OptionalLong.of(1L << 33),
            "0123456789abcdef");
    Incident incident =
        new Incident(
            "i-20260131-120000",
            phase,
            step,
            Reason.RECOVERY_STARTED,
            "2 of 3 voters are gone",
            T0,
            Optional.of(T0.plusNanos(1_000)),
            Optional.of(T0.plusSeconds(30)).filter(at -> phase == Phase.COMPLETED),
            evidence(),
            Optional.of(survivor),
            Optional.of(new PreservedCopy("/copies/i1.db", 1L << 33, "0a1b", T0.plusMillis(1))),
            Optional.of(T0.plusMillis(5)),
            Optional.of(loss).filter(any -> phase != Phase.REBUILDING),
            Optional.of(T0.plusSeconds(60)).filter(any -> acknowledged),
            T0.plusMillis(7),
            Optional.of(plan),
            Optional.of(new RestoreTry(2, "i-20260131-120000-2", T0.plusMillis(6))));
    return steady().withIncident(Optional.of(incident)).withOneMoreAttempt();
  }

  private static LossEvidence evidence() {
    return new LossEvidence(
        Duration.ofNanos(59_123_456_789L),
        T0.plusSeconds(59),
        52,
        List.of(
            new MissingVoter(LOST, "demo-0", Missing.GONE, "its volume was deleted"),
            new MissingVoter(new MemberId(2), "demo-1", Missing.DOWN, ""),
            new MissingVoter(new MemberId(3), "demo-3", Missing.UNREACHABLE, "node n3")));
  }

  private static LastKnown lastKnown() {
    KnownMember seen =
        new KnownMember(
            SURVIVOR,
            "demo-2",
            false,
            Optional.of("6f1c"),
            Optional.of("node-2"),
            41,
            Optional.of(T0));
    KnownMember neverSeen =
        new KnownMember(
            LOST, "demo-0", true, Optional.empty(), Optional.empty(), 0, Optional.empty());
    return new LastKnown(
        true,
        Optional.of(ClusterId.parse("cafebabe00000001")),
        List.of(seen, neverSeen),
        Optional.of(new Leadership(SURVIVOR, 3)),
        Optional.of("i-20251231-120000-1"));
  }
}
