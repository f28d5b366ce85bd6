package dev.requorum.core.growth;

import dev.requorum.core.Action;
import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Absence;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A look at a cluster that has a quorum, and the questions that growing it asks of that look. */
final class Scene {

  final Observation seen;
  final Assessment assessment;
  final LastKnown known;
  final List<Member> members;
  final StatefulSetView statefulSet;
  final ClusterRef cluster;
  final int size;
  final Evidence evidence;

  /**
   * @param evidence what must not be deleted
   */
  Scene(
      Observation seen,
      Assessment assessment,
      LastKnown known,
      StatefulSetView statefulSet,
      Evidence evidence) {
    this.evidence = evidence;
    this.seen = seen;
    this.assessment = assessment;
    this.known = known;
    this.statefulSet = statefulSet;
    this.members = assessment.members().orElseThrow();
    this.cluster = seen.goal().cluster();
    this.size = seen.goal().size();
  }

  GrowthStep resize(OrdinalWindow window, String message) {
    return GrowthStep.act(new Action.Resize(statefulSet, window), Reason.RESIZING, message);
  }

  /**
   * Writes the initial cluster over what stands there at this look; waits where that is not known.
   */
  GrowthStep tell(InitialCluster content, Reason reason, String message) {
    Fact<Optional<InitialCluster>> told = seen.workload().initialCluster();
    return told.value()
        .map(seenNow -> new Action.WriteInitialCluster(seenNow, content))
        .map(write -> GrowthStep.act(write, reason, message))
        .orElseGet(
            () ->
                GrowthStep.hold(
                    Reason.EVIDENCE_INCOMPLETE,
                    "the ConfigMap of the initial cluster cannot be read"));
  }

  boolean hasInitialCluster(InitialCluster content) {
    return seen.workload()
        .initialCluster()
        .value()
        .flatMap(found -> found)
        .filter(content::equals)
        .isPresent();
  }

  boolean isUp(Member member) {
    return assessment.voter(member.id()).filter(Voter::isUp).isPresent();
  }

  boolean volumeLost(Member member) {
    return Absence.volumeLost(member.podName(), known.member(member.id()), seen.workload())
        || neverHadData(member);
  }

  /** True where the claim that it was last seen to run on is there. */
  boolean hasItsVolume(Member member) {
    return Absence.hasItsVolume(member.podName(), known.member(member.id()), seen.workload());
  }

  /**
   * True in a cluster that was made again over the volumes of a former one, for a member whose
   * volume was not among them: it began sealed, so nobody ever put data on a newer one.
   */
  private boolean neverHadData(Member member) {
    return beganSealed()
        && known.member(member.id()).flatMap(KnownMember::seenAt).isEmpty()
        && seen.workload().volume(member.podName()).filter(VolumeView::youngerThanSet).isPresent();
  }

  /** True where the members of now are not those of a first start. */
  boolean beganSealed() {
    return !known.bootstrapped()
        && seen.workload()
            .initialCluster()
            .value()
            .flatMap(told -> told)
            .filter(told -> told.state() == InitialCluster.State.EXISTING)
            .isPresent();
  }

  /** How a pod is that has yet to answer. */
  String account(String podName) {
    return seen.workload()
        .pod(podName)
        .map(pod -> pod.detail().isEmpty() ? "its pod is starting" : pod.detail())
        .orElse("its pod does not exist yet");
  }

  /** The members that run in this cluster's pods; others are somebody else's and left alone. */
  Stream<Member> ours() {
    return members.stream().filter(member -> cluster.ordinalOf(member.podName()).isPresent());
  }

  SortedSet<Integer> ordinalsOf(List<Member> list) {
    SortedSet<Integer> ordinals = new TreeSet<>();
    list.forEach(member -> cluster.ordinalOf(member.podName()).ifPresent(ordinals::add));
    return ordinals;
  }
}
