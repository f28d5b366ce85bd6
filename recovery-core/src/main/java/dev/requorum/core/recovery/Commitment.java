package dev.requorum.core.recovery;

import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Voter;
import dev.requorum.core.survivor.SurvivorChoice;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a loss that lasted long enough may be acted upon: either the survivor to rebuild from, or
 * what stands in the way.
 */
record Commitment(Optional<Survivor> survivor, Reason reason, String message) {

  /** The window that this loss has to last. */
  static Duration window(Assessment loss, RecoveryPolicy policy) {
    return loss.missing(Missing.DOWN).isEmpty() ? policy.gracePeriod() : policy.downGracePeriod();
  }

  static Commitment weigh(Observation seen, Assessment loss, LastKnown known) {
    Optional<String> unreadable =
        seen.workload().statefulSet().why().or(() -> seen.workload().initialCluster().why());
    if (unreadable.isPresent()) {
      return hold(Reason.EVIDENCE_INCOMPLETE, "Kubernetes cannot be read: " + unreadable.get());
    }
    Optional<StatefulSetView> statefulSet = seen.workload().statefulSet().value().orElseThrow();
    if (statefulSet.isEmpty()) {
      return hold(
          Reason.WORKLOAD_MISSING, "the StatefulSet does not exist, so no member can be restarted");
    }
    if (statefulSet.get().storage() != Storage.CLAIM_PER_MEMBER) {
      return hold(
          Reason.STORAGE_NOT_RECOVERABLE,
          "the members' data is not on a claim of their own; a rebuild could destroy the last copy."
              + " Restore from a backup, or follow etcd's disaster recovery by hand");
    }
    List<Voter> unreachable = loss.missing(Missing.UNREACHABLE);
    if (!unreachable.isEmpty()) {
      return hold(Reason.MEMBER_UNREACHABLE, unreachable(unreachable));
    }
    return SurvivorChoice.choose(seen.goal().cluster(), loss, known, seen.workload())
        .map(
            survivor ->
                fresherDown(survivor, loss, known).orElseGet(() -> ofSurvivor(survivor, seen)))
        .orElseGet(
            () ->
                hold(
                    Reason.NO_SURVIVOR,
                    "no member that answers has the cluster's data. Bring a member back with its"
                        + " volume, or restore from a backup"));
  }

  static String unreachable(List<Voter> voters) {
    return "acting now could fork the cluster, for these members may be alive: "
        + voters.stream()
            .map(voter -> "%s (%s)".formatted(voter.name(), voter.detail()))
            .collect(Collectors.joining("; "));
  }

  /** What was acknowledged and is still on a disk is not given up by a machine. */
  private static Optional<Commitment> fresherDown(
      Survivor survivor, Assessment loss, LastKnown known) {
    return loss.missing(Missing.DOWN).stream()
        .flatMap(voter -> known.member(voter.id()).stream())
        .filter(member -> member.revision() > survivor.revision())
        .max(Comparator.comparingLong(KnownMember::revision))
        .map(
            member ->
                hold(
                    Reason.FRESHER_VOLUME,
                    ("%1$s was seen at revision %2$d, %3$s has only %4$d, and the volume of %1$s is"
                            + " still there. Make its pod run; or, if its data is lost for good,"
                            + " delete its claim etcd-data-%1$s")
                        .formatted(
                            member.name(),
                            member.revision(),
                            survivor.name(),
                            survivor.revision())));
  }

  private static Commitment ofSurvivor(Survivor survivor, Observation seen) {
    Optional<String> doomed = seen.workload().doomedClaim(survivor.name());
    if (doomed.isPresent()) {
      return hold(Reason.SURVIVOR_VOLUME_DOOMED, doomed(doomed.get()));
    }
    Optional<PodView> pod = seen.workload().pod(survivor.name());
    boolean armed =
        seen.workload().statefulSet().value().flatMap(f -> f).filter(s -> s.armed()).isPresent();
    if (!armed && pod.filter(PodView::outdated).isPresent()) {
      return hold(Reason.TEMPLATE_CHANGED, templateChanged(survivor.name()));
    }
    return pod.filter(p -> !p.terminating()).isPresent()
        ? new Commitment(
            Optional.of(survivor),
            Reason.RECOVERY_STARTED,
            "rebuilding from %s (raft term %d, raft index %d, revision %d)"
                .formatted(
                    survivor.name(),
                    survivor.raftTerm(),
                    survivor.raftIndex(),
                    survivor.revision()))
        : hold(
            Reason.SURVIVOR_POD_MISSING,
            "pod %s, which holds the freshest data, does not exist".formatted(survivor.name()));
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
