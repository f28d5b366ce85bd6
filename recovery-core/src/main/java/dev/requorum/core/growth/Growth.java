package dev.requorum.core.growth;

import static dev.requorum.core.growth.GrowthStep.act;
import static dev.requorum.core.growth.GrowthStep.hold;

import dev.requorum.core.Action;
import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.record.LastKnown;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;

/**
 * Brings a cluster that has a quorum to the membership that was asked for, one step at a time: one
 * learner, promoted, then the next; the member before the replica when it shrinks. The steady
 * reconcile and a recovery's scaling out both go through here (S18).
 *
 * <p>Nothing is ever done on a member list that a quorum did not confirm at this very look, or that
 * is empty (S19).
 */
public final class Growth {

  private final Scene scene;
  private final Seal seal;
  private final Learners learners;

  private Growth(Scene scene) {
    this.scene = scene;
    this.seal = new Seal(scene);
    this.learners = new Learners(scene, seal);
  }

  /**
   * The next step.
   *
   * @param evidence what must not be deleted
   */
  public static GrowthStep next(
      Observation seen, Assessment assessment, LastKnown known, Evidence evidence) {
    if (assessment.members().filter(list -> !list.isEmpty()).isEmpty()) {
      return hold(
          Reason.MEMBER_LIST_UNUSABLE,
          "the member list cannot be used: "
              + seen.etcd().linearizableMembers().why().orElse("it is empty or another cluster's"));
    }
    if (!seen.workload().statefulSet().isKnown() || !seen.workload().pods().isKnown()) {
      return hold(Reason.EVIDENCE_INCOMPLETE, "the StatefulSet or its pods cannot be read");
    }
    Optional<StatefulSetView> statefulSet = seen.workload().statefulSet().value().orElseThrow();
    return statefulSet
        .map(found -> new Growth(new Scene(seen, assessment, known, found, evidence)).next())
        .orElseGet(() -> hold(Reason.WORKLOAD_MISSING, "the StatefulSet does not exist"));
  }

  private GrowthStep next() {
    List<Supplier<Optional<GrowthStep>>> inOrder =
        List.of(
            this::disarmLeftover,
            this::runAllVoters,
            learners::bringUp,
            seal::close,
            this::replaceLostVoter,
            this::awaitHealth,
            this::runMembersOnly,
            learners::add,
            this::removeSurplus,
            this::restartOutdated);
    return inOrder.stream()
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(
            () ->
                hold(
                    Reason.AS_DESIRED,
                    scene.size == 1
                        ? "1 member, healthy"
                        : "%d members, all healthy".formatted(scene.size)));
  }

  /** A flag that no recovery answers for would drop the other members at the next restart. */
  private Optional<GrowthStep> disarmLeftover() {
    return scene.statefulSet.armed()
        ? Optional.of(
            act(
                new Action.Disarm(scene.statefulSet),
                Reason.DISARMING,
                "removing --force-new-cluster, for which no recovery is under way"))
        : Optional.empty();
  }

  /** A voter that the StatefulSet does not run (a rebuild was called off) is run again. */
  private Optional<GrowthStep> runAllVoters() {
    OrdinalWindow window = scene.statefulSet.window();
    OrdinalWindow wanted = window;
    for (int ordinal :
        scene.ordinalsOf(scene.members.stream().filter(member -> !member.learner()).toList())) {
      wanted = wanted.including(ordinal);
    }
    return wanted.equals(window)
        ? Optional.empty()
        : Optional.of(scene.resize(wanted, "running all voters again: pods " + wanted));
  }

  /**
   * A pod at the edge that is no member's has left, or has yet to join: then with an empty disk.
   */
  private Optional<GrowthStep> runMembersOnly() {
    SortedSet<Integer> ordinals = scene.ordinalsOf(scene.members);
    if (ordinals.isEmpty()) {
      return Optional.empty();
    }
    OrdinalWindow span = OrdinalWindow.only(ordinals.first()).including(ordinals.last());
    return scene.statefulSet.window().equals(span)
        ? Optional.empty()
        : Optional.of(scene.resize(span, "running the members' pods only: " + span));
  }

  private Optional<GrowthStep> replaceLostVoter() {
    if (!scene.known.bootstrapped() && !scene.beganSealed()) {
      return Optional.empty();
    }
    return scene
        .ours()
        .filter(member -> !member.learner() && !scene.isUp(member) && scene.volumeLost(member))
        .findFirst()
        .map(
            member ->
                act(
                    new Action.Remove(member.id()),
                    Reason.MEMBER_REPLACED,
                    "removing member %s (%s), whose volume was lost, to add it anew"
                        .formatted(member.podName(), member.id())));
  }

  private Optional<GrowthStep> awaitHealth() {
    return scene.assessment.absent().stream()
        .findFirst()
        .map(
            voter ->
                hold(
                    scene.known.bootstrapped() ? Reason.MEMBER_UNHEALTHY : Reason.BOOTSTRAPPING,
                    "waiting for member %s: %s".formatted(voter.name(), voter.detail())));
  }

  private Optional<GrowthStep> removeSurplus() {
    return scene
        .ours()
        .filter(member -> scene.cluster.ordinalOf(member.podName()).orElseThrow() >= scene.size)
        .max(
            Comparator.comparing(member -> scene.cluster.ordinalOf(member.podName()).orElseThrow()))
        .map(
            member ->
                act(
                    new Action.Remove(member.id()),
                    Reason.REMOVING_MEMBER,
                    "removing member %s to shrink to %d".formatted(member.podName(), scene.size)));
  }

  /**
   * One at a time, and the leader last. Data that a restart would take away is only risked where
   * two other members have it.
   */
  private Optional<GrowthStep> restartOutdated() {
    if (scene.statefulSet.storage() == Storage.EPHEMERAL && scene.size < 3) {
      return Optional.empty();
    }
    Comparator<PodView> leaderLast =
        Comparator.comparing((PodView pod) -> isLeader(pod))
            .thenComparing(
                pod -> scene.cluster.ordinalOf(pod.name()).orElse(0), Comparator.reverseOrder());
    return scene.seen.workload().pods().value().orElseThrow().stream()
        .filter(pod -> pod.outdated() && !pod.terminating())
        .filter(pod -> scene.seen.workload().doomedClaim(pod.name()).isEmpty())
        .min(leaderLast)
        .map(
            pod ->
                act(
                    new Action.RestartPod(pod.name(), pod.uid()),
                    Reason.ROLLING_OUT,
                    "restarting %s with the template of now".formatted(pod.name())));
  }

  private boolean isLeader(PodView pod) {
    return scene.seen.etcd().status(pod.name()).filter(status -> status.leadsItself()).isPresent();
  }
}
