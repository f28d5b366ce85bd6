package dev.requorum.core.recovery;

import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Voter;
import dev.requorum.core.survivor.SurvivorChoice;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a loss that lasted long enough may be acted upon: either the plan to rebuild by, or what
 * stands in the way.
 */
record Commitment(Optional<RecoveryPlan> plan, Reason reason, String message) {

  /** The window that this loss has to last. */
  static Duration window(Assessment loss, RecoveryPolicy policy) {
    return loss.missing(Missing.DOWN).isEmpty() ? policy.gracePeriod() : policy.downGracePeriod();
  }

  /**
   * @param incident the id of the incident that the plan is for
   */
  static Commitment weigh(
      Observation seen, Assessment loss, LastKnown known, RecoveryPolicy policy, String incident) {
    Optional<Commitment> obstacle = obstacle(seen, loss);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    Optional<Survivor> survivor =
        SurvivorChoice.choose(seen.goal().cluster(), loss, known, seen.workload());
    if (survivor.isEmpty()) {
      return hold(Reason.NO_SURVIVOR, SurvivorChoice.whyNone(loss));
    }
    Optional<Commitment> unfit = unfit(survivor.get(), seen);
    return unfit.orElseGet(
        () -> planned(survivor.get(), seen, loss, known, new PlanDraft(policy, incident)));
  }

  private static Commitment planned(
      Survivor survivor, Observation seen, Assessment loss, LastKnown known, PlanDraft draft) {
    StrategyChoice choice = strategy(survivor, seen, loss, known);
    if (choice.strategy().isEmpty()) {
      return hold(Reason.VERSION_UNSAFE, "no way to rebuild is known to be safe: " + choice.why());
    }
    RecoveryPlan plan =
        draft.of(survivor, choice, FresherVolumes.than(survivor, seen, loss, known), loss);
    return new Commitment(Optional.of(plan), Reason.RECOVERY_STARTED, PlanDraft.inWords(plan));
  }

  /** A pod that is not outdated runs what the template says. */
  private static StrategyChoice strategy(
      Survivor survivor, Observation seen, Assessment loss, LastKnown known) {
    Optional<Strategy> asked = seen.goal().recovery().strategy();
    Optional<StatefulSetView> statefulSet = seen.workload().statefulSet().value().orElseThrow();
    return switch (survivor.basis()) {
      case ANSWERED -> StrategyChoice.of(version(survivor, loss), asked, anyLearner(seen, known));
      case LAST_SEEN ->
          StrategyChoice.restoreOnly(
              survivor.name(), statefulSet.flatMap(StatefulSetView::imageTag), asked);
    };
  }

  private static String version(Survivor survivor, Assessment loss) {
    return loss.voter(survivor.id()).flatMap(Voter::status).map(MemberStatus::version).orElse("");
  }

  /** Whether the last membership that a quorum confirmed, or any that a member knows, has one. */
  private static boolean anyLearner(Observation seen, LastKnown known) {
    boolean told =
        seen.etcd().answers().values().stream()
            .flatMap(answer -> answer.membersAsKnown().value().stream())
            .flatMap(List::stream)
            .anyMatch(Member::learner);
    return told || known.members().stream().anyMatch(KnownMember::learner);
  }

  private static Optional<Commitment> obstacle(Observation seen, Assessment loss) {
    Optional<String> unreadable =
        seen.workload().statefulSet().why().or(() -> seen.workload().initialCluster().why());
    if (unreadable.isPresent()) {
      return Optional.of(
          hold(Reason.EVIDENCE_INCOMPLETE, "Kubernetes cannot be read: " + unreadable.get()));
    }
    Optional<StatefulSetView> statefulSet = seen.workload().statefulSet().value().orElseThrow();
    if (statefulSet.isEmpty()) {
      return Optional.of(
          hold(
              Reason.WORKLOAD_MISSING,
              "the StatefulSet does not exist, so no member can be restarted"));
    }
    if (statefulSet.get().storage() != Storage.CLAIM_PER_MEMBER) {
      return Optional.of(
          hold(
              Reason.STORAGE_NOT_RECOVERABLE,
              "the members' data is not on a claim of their own; a rebuild could destroy the last"
                  + " copy. Restore from a backup, or follow etcd's disaster recovery by hand"));
    }
    List<Voter> unreachable = loss.missing(Missing.UNREACHABLE);
    return unreachable.isEmpty()
        ? Optional.empty()
        : Optional.of(hold(Reason.MEMBER_UNREACHABLE, unreachable(unreachable)));
  }

  static String unreachable(List<Voter> voters) {
    return "acting now could fork the cluster, for these members may be alive: "
        + voters.stream()
            .map(voter -> "%s (%s)".formatted(voter.name(), voter.detail()))
            .collect(Collectors.joining("; "));
  }

  private static Optional<Commitment> unfit(Survivor survivor, Observation seen) {
    Optional<String> doomed = seen.workload().doomedClaim(survivor.name());
    if (doomed.isPresent()) {
      return Optional.of(hold(Reason.SURVIVOR_VOLUME_DOOMED, doomed(doomed.get())));
    }
    Optional<PodView> pod = seen.workload().pod(survivor.name());
    boolean armed =
        seen.workload().statefulSet().value().flatMap(f -> f).filter(s -> s.armed()).isPresent();
    if (!armed && pod.filter(PodView::outdated).isPresent()) {
      return Optional.of(hold(Reason.TEMPLATE_CHANGED, templateChanged(survivor.name())));
    }
    return pod.filter(p -> !p.terminating()).isPresent()
        ? Optional.empty()
        : Optional.of(
            hold(
                Reason.SURVIVOR_POD_MISSING,
                "pod %s, which holds the freshest data, does not exist"
                    .formatted(survivor.name())));
  }

  static String templateChanged(String pod) {
    return ("the StatefulSet's pod template is not the one that pod %1$s, with the data to rebuild"
            + " from, was made of; its restart would pick up the change, which may keep it from"
            + " starting. Take the change back (in the manifest, or in the StatefulSet); or, if it"
            + " is wanted, delete pod %1$s so that it starts with it")
        .formatted(pod);
  }

  static String doomed(String claim) {
    return ("claim %s, with the data to rebuild from, is marked for deletion: a restart of its pod"
            + " would destroy it. Copy the data now; the mark cannot be taken back")
        .formatted(claim);
  }

  private static Commitment hold(Reason reason, String message) {
    return new Commitment(Optional.empty(), reason, message);
  }
}
