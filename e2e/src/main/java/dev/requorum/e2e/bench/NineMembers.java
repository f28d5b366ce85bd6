package dev.requorum.e2e.bench;

import dev.requorum.core.Observation;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberEndpoint;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.NodeView;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A cluster of nine as both witnesses see it: four answer, the volumes of five are gone. */
final class NineMembers {

  static final int SIZE = 9;
  static final int FIRST_LOST = 4;
  static final ClusterRef CLUSTER = new ClusterRef("bench", "nine");
  static final ClusterGoal GOAL =
      new ClusterGoal(CLUSTER, SIZE, ClusterGoal.Scheme.HTTP, Optional.empty());
  static final RecoveryPolicy POLICY = RecoveryPolicy.defaults();
  static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final ClusterId ID = new ClusterId(42);

  private NineMembers() {}

  static Observation lost() {
    return new Observation(AT, GOAL, workload(), etcd(), Fact.unknown("not looked for"));
  }

  static RecoveryRecord record() {
    return RecoveryRecord.empty()
        .withLastKnown(
            new LastKnown(true, Optional.of(ID), ordinals().mapToObj(NineMembers::known).toList()));
  }

  static WorkloadView workload() {
    return new WorkloadView(
        Fact.known(
            Optional.of(
                new StatefulSetView(
                    "uid",
                    1,
                    new OrdinalWindow(0, SIZE),
                    Optional.empty(),
                    false,
                    Storage.CLAIM_PER_MEMBER))),
        Fact.known(ordinals().mapToObj(NineMembers::pod).toList()),
        Fact.known(ordinals().mapToObj(NineMembers::volume).toList()),
        Fact.known(ordinals().mapToObj(i -> new NodeView("node-" + i, true, false)).toList()),
        Fact.known(Optional.of(InitialCluster.sealed())));
  }

  static EtcdView etcd() {
    List<Member> members = ordinals().mapToObj(NineMembers::member).toList();
    Map<String, MemberAnswer> answers = new TreeMap<>();
    ordinals().forEach(i -> answers.put(name(i), answer(i, members)));
    return new EtcdView(answers, Fact.unknown("etcdserver: no leader"));
  }

  private static IntStream ordinals() {
    return IntStream.range(0, SIZE);
  }

  private static String name(int ordinal) {
    return CLUSTER.memberName(ordinal);
  }

  private static boolean isLost(int ordinal) {
    return ordinal >= FIRST_LOST;
  }

  private static MemberId id(int ordinal) {
    return new MemberId(1000 + ordinal);
  }

  private static Member member(int ordinal) {
    return new Member(id(ordinal), name(ordinal), List.of(GOAL.peerUrl(ordinal)), false);
  }

  private static KnownMember known(int ordinal) {
    return new KnownMember(
        id(ordinal),
        name(ordinal),
        false,
        Optional.of("volume-" + ordinal),
        Optional.of("node-" + ordinal),
        100,
        Optional.of(AT));
  }

  private static PodView pod(int ordinal) {
    return new PodView(
        name(ordinal),
        "pod-" + ordinal,
        Optional.of("10.0.0." + ordinal),
        Optional.of("node-" + ordinal),
        false,
        !isLost(ordinal),
        false,
        false,
        false,
        0,
        isLost(ordinal) ? "CrashLoopBackOff" : "");
  }

  private static VolumeView volume(int ordinal) {
    String uid = (isLost(ordinal) ? "another-" : "volume-") + ordinal;
    return new VolumeView("etcd-data-" + name(ordinal), name(ordinal), uid, true, false);
  }

  private static MemberAnswer answer(int ordinal, List<Member> members) {
    MemberEndpoint endpoint =
        new MemberEndpoint(name(ordinal), URI.create("http://10.0.0." + ordinal + ":2379"));
    return isLost(ordinal)
        ? new MemberAnswer(endpoint, Fact.unknown("refused"), Fact.unknown("refused"))
        : new MemberAnswer(endpoint, Fact.known(status(ordinal)), Fact.known(members));
  }

  private static MemberStatus status(int ordinal) {
    return new MemberStatus(
        id(ordinal),
        ID,
        Optional.empty(),
        7,
        1000 + ordinal,
        1000 + ordinal,
        100,
        false,
        "3.6.16",
        20_480,
        List.of("etcdserver: no leader"));
  }
}
