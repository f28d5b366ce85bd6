package dev.requorum.core.recovery;

import dev.requorum.core.Observation;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Leadership;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what was last known good up to date: at once where membership, volumes or nodes changed,
 * sparingly where only revisions went on.
 */
final class LastKnownUpdate {

  private LastKnownUpdate() {}

  /** What is known after this look; {@code before} itself where nothing worth writing changed. */
  static LastKnown after(
      Observation seen, Assessment assessment, LastKnown before, Duration interval) {
    if (assessment.members().isEmpty()) {
      return before;
    }
    List<Member> members = assessment.members().get();
    List<KnownMember> known = members.stream().map(member -> known(member, before, seen)).toList();
    Optional<ClusterId> clusterId =
        assessment.up().stream()
            .flatMap(voter -> voter.status().stream())
            .map(MemberStatus::clusterId)
            .findFirst()
            .or(before::clusterId);
    boolean bootstrapped = before.bootstrapped() || complete(seen, members, assessment);
    LastKnown after =
        new LastKnown(
            bootstrapped,
            clusterId,
            known,
            leadership(assessment, before),
            directory(seen, before));
    if (after.equals(before)) {
      return before;
    }
    boolean worthIt = !withoutProgress(after).equals(withoutProgress(before));
    return worthIt || progressIsDue(seen.at(), after, before, interval) ? after : before;
  }

  private static Optional<Leadership> leadership(Assessment assessment, LastKnown before) {
    return assessment
        .leader()
        .flatMap(assessment::voter)
        .flatMap(Voter::status)
        .map(status -> new Leadership(status.id(), status.raftTerm()))
        .or(before::leadership);
  }

  /** Where the data is, as long as nothing else was recorded: what the members are told. */
  private static Optional<String> directory(Observation seen, LastKnown before) {
    return before.members().isEmpty()
        ? seen.workload().initialCluster().value().flatMap(told -> told).flatMap(t -> t.directory())
        : before.directory();
  }

  private static boolean complete(Observation seen, List<Member> members, Assessment assessment) {
    return members.size() == seen.goal().size()
        && members.stream().noneMatch(Member::learner)
        && assessment.voters().stream().allMatch(Voter::isUp);
  }

  private static KnownMember known(Member member, LastKnown before, Observation seen) {
    Optional<KnownMember> last = before.member(member.id());
    String name = member.podName();
    Optional<MemberStatus> status =
        seen.etcd().status(name).filter(answer -> answer.id().equals(member.id()));
    Optional<String> node =
        seen.workload().pod(name).flatMap(PodView::node).or(() -> last.flatMap(KnownMember::node));
    Optional<String> volumeUid =
        status
            .flatMap(answer -> seen.workload().volume(name))
            .map(VolumeView::uid)
            .or(() -> last.flatMap(KnownMember::volumeUid))
            .or(() -> firstRunOn(member, seen));
    return new KnownMember(
        member.id(),
        name,
        member.learner(),
        volumeUid,
        node,
        status.map(MemberStatus::revision).or(() -> last.map(KnownMember::revision)).orElse(0L),
        status.map(answer -> seen.at()).or(() -> last.flatMap(KnownMember::seenAt)));
  }

  /** A learner whose etcd runs may have data before it answers, and loses it with this claim. */
  private static Optional<String> firstRunOn(Member member, Observation seen) {
    return seen.workload()
        .pod(member.podName())
        .filter(pod -> member.learner() && pod.running())
        .flatMap(pod -> seen.workload().volume(pod.name()))
        .filter(volume -> !volume.terminating())
        .map(VolumeView::uid);
  }

  private static LastKnown withoutProgress(LastKnown known) {
    List<KnownMember> members =
        known.members().stream()
            .map(
                m ->
                    new KnownMember(
                        m.id(), m.name(), m.learner(), m.volumeUid(), m.node(), 0, neverSeen(m)))
            .toList();
    return known.withMembers(members);
  }

  /** Whether a member was ever seen is more than progress: keeps the difference, not the time. */
  private static Optional<Instant> neverSeen(KnownMember member) {
    return member.seenAt().map(at -> Instant.EPOCH);
  }

  private static boolean progressIsDue(
      Instant at, LastKnown after, LastKnown before, Duration interval) {
    boolean progressed =
        after.members().stream()
            .anyMatch(
                member ->
                    before
                        .member(member.id())
                        .filter(last -> last.revision() == member.revision())
                        .isEmpty());
    Optional<Instant> written =
        before.members().stream()
            .map(KnownMember::seenAt)
            .flatMap(Optional::stream)
            .max(Instant::compareTo);
    boolean due =
        written.map(w -> Duration.between(w, at).abs().compareTo(interval) >= 0).orElse(true);
    return progressed && due;
  }
}
