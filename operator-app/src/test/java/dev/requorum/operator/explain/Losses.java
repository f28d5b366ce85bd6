package dev.requorum.operator.explain;

import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.MissingVoter;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RestoreTry;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Incidents: demo-0 is left of three, demo-1 and demo-2 are missing. */
final class Losses {

  static final Instant DETECTED = Instant.parse("2026-11-25T03:49:18Z");
  static final Instant STARTED = Instant.parse("2026-11-25T03:49:30Z");
  static final Instant STEP = Instant.parse("2026-11-25T03:49:52Z");

  private String id = "20261125-034918-0";
  private Phase phase = Phase.DETECTING;
  private Optional<Step> step = Optional.empty();
  private Reason reason = Reason.WAITING_GRACE_PERIOD;
  private String message = "quorum lost for 41 of 60 s: 2 of 3 voters are gone or down";
  private Duration observed = Duration.ofSeconds(41);
  private Instant lastLook = Instant.parse("2026-11-25T03:49:59Z");
  private Optional<Instant> acknowledgedAt = Optional.empty();
  private boolean armed;
  private boolean accounted;
  private Instant started = STARTED;
  private Survivor survivor = new Survivor(new MemberId(1), "demo-0", 0, 3, 130, 112);
  private Optional<RecoveryPlan> plan = Optional.empty();
  private Optional<RestoreTry> restore = Optional.empty();
  private DataLoss loss =
      new DataLoss(
          new MemberId(1),
          112,
          130,
          Instant.parse("2026-11-25T03:49:40Z"),
          "The cluster was rebuilt from demo-0 (1), which had revision 112. Before the"
              + " loss demo-1 was seen at revision 119: at least 7 revisions are lost,"
              + " and perhaps later ones.");
  private final List<MissingVoter> missing = new ArrayList<>();

  static Losses detecting() {
    return new Losses()
        .missing(1, Missing.GONE, "its volume was deleted")
        .missing(2, Missing.GONE, "its node node-2 was deleted");
  }

  static Losses rebuilding(Step step, Reason reason, String message) {
    Losses losses = detecting().because(reason, message);
    losses.phase = Phase.REBUILDING;
    losses.step = Optional.of(step);
    losses.accounted = step.compareTo(Step.VERIFY) > 0;
    return losses;
  }

  static Losses scalingOut(Reason reason, String message) {
    Losses losses = detecting().because(reason, message);
    losses.phase = Phase.SCALING_OUT;
    losses.accounted = true;
    return losses;
  }

  static Losses completed() {
    Losses losses =
        detecting().because(Reason.RECOVERY_COMPLETED, "all members are back: as desired");
    losses.phase = Phase.COMPLETED;
    losses.accounted = true;
    return losses;
  }

  Losses missing(int ordinal, Missing how, String detail) {
    missing.removeIf(voter -> voter.name().equals("demo-" + ordinal));
    missing.add(new MissingVoter(new MemberId(ordinal + 1L), "demo-" + ordinal, how, detail));
    return this;
  }

  Losses because(Reason why, String inWords) {
    reason = why;
    message = inWords;
    return this;
  }

  Losses observed(Duration time) {
    observed = time;
    return this;
  }

  Losses lastLook(String time) {
    lastLook = Instant.parse(time);
    return this;
  }

  Losses armed() {
    armed = true;
    return this;
  }

  Losses started(String time) {
    started = Instant.parse(time);
    return this;
  }

  /** Demo-0 did not answer; to be called before a plan is made. */
  Losses lastSeen() {
    survivor = Survivor.lastSeenAt(new MemberId(1), "demo-0", 0, 112);
    return this;
  }

  /** With a plan of this strategy; member 1 is passed over. */
  Losses planned(Strategy strategy, String why) {
    boolean restores = strategy == Strategy.RESTORE;
    plan =
        Optional.of(
            new RecoveryPlan(
                strategy,
                why,
                survivor,
                restores ? 1_000_000_000 : 0,
                List.of(new PassedOver(new MemberId(2), "demo-1", "volume-1", 119)),
                OptionalLong.of(4096),
                "0123456789abcdef"));
    return this;
  }

  Losses restoring(int number) {
    restore = Optional.of(new RestoreTry(number, id + "-" + number, STEP));
    return this;
  }

  Losses account(DataLoss account) {
    loss = account;
    return this;
  }

  Losses id(String name) {
    id = name;
    return this;
  }

  Losses acknowledged() {
    acknowledgedAt = Optional.of(Instant.parse("2026-11-25T03:49:55Z"));
    return this;
  }

  Incident incident() {
    boolean committed = phase != Phase.DETECTING;
    return new Incident(
        id,
        phase,
        step,
        reason,
        message,
        DETECTED,
        Optional.of(started).filter(at -> committed),
        Optional.of(STEP).filter(at -> phase == Phase.COMPLETED),
        new LossEvidence(observed, lastLook, 130, missing),
        Optional.of(survivor).filter(any -> committed),
        Optional.of(
                new PreservedCopy(
                    "/var/lib/requorum/copies/etcd/demo/" + id + ".db", 20512, "ab12", STARTED))
            .filter(copy -> accounted),
        Optional.of(STARTED).filter(at -> armed || accounted),
        Optional.of(loss).filter(any -> accounted),
        acknowledgedAt,
        committed ? STEP : DETECTED,
        plan,
        restore);
  }
}
