package dev.requorum.operator.status;

import dev.requorum.core.engine.Turn;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.operator.api.EtcdMemberStatus;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.record.KnownMember;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code status.members}: the members that a quorum lists now, else those that it listed last. Each
 * is joined with its own answer by member id; one that did not answer is not healthy.
 */
final class MemberReports {

  private MemberReports() {}

  static List<EtcdMemberStatus> of(Turn turn) {
    Assessment assessment = turn.assessment();
    Map<MemberId, MemberStatus> answers = answersById(turn);
    return assessment
        .members()
        .map(listed -> listed.stream().map(member -> report(member, assessment, answers)).toList())
        .orElseGet(
            () ->
                turn.record().lastKnown().members().stream()
                    .map(member -> report(member, assessment, answers))
                    .toList());
  }

  private static Map<MemberId, MemberStatus> answersById(Turn turn) {
    return turn.observation().etcd().answers().values().stream()
        .map(MemberAnswer::status)
        .flatMap(status -> status.value().stream())
        .collect(Collectors.toMap(MemberStatus::id, Function.identity(), (one, other) -> one));
  }

  private static EtcdMemberStatus report(
      Member member, Assessment assessment, Map<MemberId, MemberStatus> answers) {
    return report(member.id(), member.podName(), member.learner(), assessment.leader(), answers);
  }

  private static EtcdMemberStatus report(
      KnownMember member, Assessment assessment, Map<MemberId, MemberStatus> answers) {
    return report(member.id(), member.name(), member.learner(), assessment.leader(), answers);
  }

  private static EtcdMemberStatus report(
      MemberId id,
      String name,
      boolean learner,
      Optional<MemberId> leader,
      Map<MemberId, MemberStatus> answers) {
    Optional<MemberStatus> answer = Optional.ofNullable(answers.get(id));
    EtcdMemberStatus report = new EtcdMemberStatus();
    report.id = id.toString();
    report.name = name.isEmpty() ? null : name;
    report.version = answer.map(MemberStatus::version).orElse(null);
    report.isHealthy = answer.map(status -> status.errors().isEmpty()).orElse(false);
    report.isLearner = learner;
    report.isLeader = leader.filter(id::equals).isPresent();
    return report;
  }
}
