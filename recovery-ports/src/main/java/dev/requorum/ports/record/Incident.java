package dev.requorum.ports.record;

import dev.requorum.ports.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One loss of quorum and what was done about it.
 *
 * @param id made of the time of detection; it names the incident in annotations and Events
 * @param step where a rebuild stands; present exactly in {@link Phase#REBUILDING}
 * @param reason why the phase is what it is, or what it waits for
 * @param message the same for a human
 * @param startedAt when the rebuild was committed to
 * @param survivor named at the commit, never changed after
 * @param armedAt when {@code --force-new-cluster} was first about to be set for the survivor, set
 *     in the record that is stored before that act. While it is empty nothing can have been forced,
 *     and another survivor may be chosen; from then on it may have been
 * @param dataLoss captured once, never changed after
 * @param acknowledgedAt when a human acknowledged the data loss
 * @param stepSince when the current phase or step was entered
 * @param plan what is going to be done, once the window is over and nothing stands in the way; what
 *     was decided upon, from the commit on. Empty in records of before there were plans
 * @param restore the restore, from when it was first about to be made
 */
public record Incident(
    String id,
    Phase phase,
    Optional<Step> step,
    Reason reason,
    String message,
    Instant detectedAt,
    Optional<Instant> startedAt,
    Optional<Instant> completedAt,
    LossEvidence evidence,
    Optional<Survivor> survivor,
    Optional<PreservedCopy> copy,
    Optional<Instant> armedAt,
    Optional<DataLoss> dataLoss,
    Optional<Instant> acknowledgedAt,
    Instant stepSince,
    Optional<RecoveryPlan> plan,
    Optional<RestoreTry> restore) {

  /** Without a plan. */
  public Incident(
      String id,
      Phase phase,
      Optional<Step> step,
      Reason reason,
      String message,
      Instant detectedAt,
      Optional<Instant> startedAt,
      Optional<Instant> completedAt,
      LossEvidence evidence,
      Optional<Survivor> survivor,
      Optional<PreservedCopy> copy,
      Optional<Instant> armedAt,
      Optional<DataLoss> dataLoss,
      Optional<Instant> acknowledgedAt,
      Instant stepSince) {
    this(
        id,
        phase,
        step,
        reason,
        message,
        detectedAt,
        startedAt,
        completedAt,
        evidence,
        survivor,
        copy,
        armedAt,
        dataLoss,
        acknowledgedAt,
        stepSince,
        Optional.empty(),
        Optional.empty());
  }

  public Incident {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(detectedAt, "detectedAt");
    Objects.requireNonNull(completedAt, "completedAt");
    Objects.requireNonNull(evidence, "evidence");
    Objects.requireNonNull(copy, "copy");
    Objects.requireNonNull(armedAt, "armedAt");
    Objects.requireNonNull(acknowledgedAt, "acknowledgedAt");
    Objects.requireNonNull(stepSince, "stepSince");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(restore, "restore");
    require(
        step.isPresent() == (phase == Phase.REBUILDING),
        "a step goes with Rebuilding, and only with it");
    boolean committed = phase != Phase.DETECTING;
    require(
        survivor.isPresent() == committed, "a survivor is named from the commit on, not before");
    require(startedAt.isPresent() == committed, "startedAt is set from the commit on, not before");
    require(armedAt.isEmpty() || committed, "nothing is armed before the commit");
    require(
        acknowledgedAt.isEmpty() || dataLoss.isPresent(), "only a data loss can be acknowledged");
  }

  /**
   * How the cluster is rebuilt; {@link Strategy#FORCE_NEW_CLUSTER} where no plan says otherwise.
   */
  public Strategy strategy() {
    return plan.map(RecoveryPlan::strategy).orElse(Strategy.FORCE_NEW_CLUSTER);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  /** True from the detection until the recovery is completed. */
  public boolean ongoing() {
    return phase != Phase.COMPLETED;
  }

  /** True where data may have been lost and no human has acknowledged it. */
  public boolean unacknowledged() {
    return dataLoss.isPresent() && acknowledgedAt.isEmpty();
  }
}
