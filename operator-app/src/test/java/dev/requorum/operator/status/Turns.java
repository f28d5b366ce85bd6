package dev.requorum.operator.status;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.Turn;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Health;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.core.quorum.Voter;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.RecoveryRecord;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A turn, put together piece by piece. It begins as that of a healthy cluster of three, of which
 * member 0 leads and nothing is to be done.
 */
final class Turns {

  static final ClusterRef CLUSTER = new ClusterRef("test", "demo");
  static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

  private final List<Voter> voters = new ArrayList<>();
  private final Map<String, MemberAnswer> answers = new TreeMap<>();
  private final List<PodView> pods = new ArrayList<>();
  private Verdict verdict = Verdict.QUORATE;
  private Optional<List<Member>> members;
  private Optional<MemberId> leader = Optional.of(id(0));
  private RecoveryRecord record = RecoveryRecord.empty();
  private Action action = Action.none();
  private Reason reason = Reason.AS_DESIRED;
  private boolean blocked;
  private Optional<Turn.Trouble> trouble = Optional.empty();

  private Turns() {
    List<Member> listed = new ArrayList<>();
    for (int ordinal = 0; ordinal < 3; ordinal++) {
      listed.add(new Member(id(ordinal), CLUSTER.memberName(ordinal), List.of(), false));
      pods.add(pod(ordinal, true, ""));
      up(ordinal);
    }
    members = Optional.of(listed);
  }

  static Turns healthy() {
    return new Turns();
  }

  static MemberId id(int ordinal) {
    return new MemberId(0x100 + ordinal);
  }

  Turns lost() {
    verdict = Verdict.LOST;
    return withoutMemberList();
  }

  Turns undetermined() {
    verdict = Verdict.UNDETERMINED;
    return withoutMemberList();
  }

  Turns withoutMemberList() {
    members = Optional.empty();
    leader = verdict == Verdict.QUORATE ? leader : Optional.empty();
    return this;
  }

  /** The quorum lists these members, in this order. */
  Turns listed(Member... listed) {
    members = Optional.of(List.of(listed));
    return this;
  }

  Turns nobodyKnown() {
    voters.clear();
    answers.clear();
    return this;
  }

  Turns up(int ordinal, String... errors) {
    MemberStatus status = status(ordinal, errors);
    voter(
        new Voter(
            id(ordinal),
            CLUSTER.memberName(ordinal),
            Health.UP,
            Optional.of(status),
            Optional.empty(),
            "answers"));
    answers.put(CLUSTER.memberName(ordinal), answer(ordinal, Fact.known(status)));
    return this;
  }

  Turns down(int ordinal) {
    voter(
        new Voter(
            id(ordinal),
            CLUSTER.memberName(ordinal),
            Health.MISSING,
            Optional.empty(),
            Optional.of(Missing.DOWN),
            "CrashLoopBackOff"));
    answers.put(CLUSTER.memberName(ordinal), answer(ordinal, Fact.unknown("refused")));
    return this;
  }

  Turns podTrouble(int ordinal, String detail) {
    pods.set(ordinal, pod(ordinal, false, detail));
    return this;
  }

  Turns record(RecoveryRecord stored) {
    record = stored;
    return this;
  }

  Turns doing(Action act, Reason why) {
    action = act;
    reason = why;
    return this;
  }

  Turns waitingFor(Reason why) {
    return doing(Action.none(), why);
  }

  Turns blocked() {
    blocked = true;
    return this;
  }

  Turns trouble(boolean refused) {
    trouble = Optional.of(new Turn.Trouble(refused, "because"));
    return this;
  }

  Turn turn() {
    return new Turn(
        observation(),
        new Assessment(verdict, voters, members, leader, "the verdict in words"),
        new Decision(
            record,
            action,
            reason,
            "the decision in words",
            blocked,
            Duration.ofSeconds(1),
            List.of()),
        trouble,
        Duration.ofSeconds(1));
  }

  private Observation observation() {
    StatefulSetView statefulSet =
        new StatefulSetView(
            "uid", 1, new OrdinalWindow(0, 3), Optional.empty(), false, Storage.CLAIM_PER_MEMBER);
    WorkloadView workload =
        new WorkloadView(
            Fact.known(Optional.of(statefulSet)),
            Fact.known(pods),
            Fact.known(List.of()),
            Fact.known(List.of()),
            Fact.known(Optional.empty()));
    EtcdView etcd =
        new EtcdView(
            answers,
            members.<Fact<List<Member>>>map(Fact::known).orElse(Fact.unknown("no leader")));
    return new Observation(
        AT,
        new ClusterGoal(CLUSTER, 3, ClusterGoal.Scheme.HTTP, Optional.empty()),
        workload,
        etcd,
        Fact.unknown("not looked for"));
  }

  private void voter(Voter voter) {
    voters.removeIf(before -> before.id().equals(voter.id()));
    voters.add(voter);
  }

  private static MemberAnswer answer(int ordinal, Fact<MemberStatus> status) {
    return new MemberAnswer(
        new MemberEndpoint(
            CLUSTER.memberName(ordinal), URI.create("http://10.0.0." + ordinal + ":2379")),
        status,
        Fact.unknown("not asked"));
  }

  private static MemberStatus status(int ordinal, String... errors) {
    return new MemberStatus(
        id(ordinal),
        new ClusterId(7),
        Optional.of(id(0)),
        2,
        10,
        10,
        5,
        false,
        "3.6." + (16 - ordinal),
        4096,
        List.of(errors));
  }

  private static PodView pod(int ordinal, boolean running, String detail) {
    return new PodView(
        CLUSTER.memberName(ordinal),
        "pod-" + ordinal,
        Optional.of("10.0.0." + ordinal),
        Optional.of("node"),
        running,
        running,
        false,
        false,
        false,
        0,
        detail);
  }
}
