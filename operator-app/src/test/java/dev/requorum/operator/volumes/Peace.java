package dev.requorum.operator.volumes;

import dev.requorum.core.Action;
import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.Turn;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.EtcdView;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.VolumeMarks.KeptDirectory;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadView;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Strategy;
import dev.requorum.ports.record.Survivor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A turn at a cluster that is well after a restore into {@link #IN_USE}, of which member 0 is the
 * only one that is known; its claim is marked so.
 */
final class Peace {

  static final String IN_USE = "20261126-034918-1-1";
  static final String FORMER = "20261125-034918-0-1";
  static final MemberId MEMBER = new MemberId(7);
  static final Instant AT = Instant.parse("2026-11-26T04:00:00Z");

  private ClusterRef cluster = new ClusterRef("test", "demo");
  private Verdict verdict = Verdict.QUORATE;
  private Storage storage = Storage.CLAIM_PER_MEMBER;
  private Optional<String> directory = Optional.of(IN_USE);
  private Optional<String> told = Optional.of(IN_USE);
  private String claimUid = "volume-0";
  private Fact<List<VolumeView>> volumes = Fact.known(List.of(volume(Optional.of(IN_USE))));
  private Fact<List<PodView>> pods = Fact.known(List.of(pod(true, false)));
  private Optional<Incident> incident = Optional.of(acknowledged("i-2"));
  private final List<Incident> history = new ArrayList<>(List.of(acknowledged("i-1")));

  Peace verdict(Verdict other) {
    verdict = other;
    return this;
  }

  Peace storage(Storage other) {
    storage = other;
    return this;
  }

  /** The record's directory, and the one that members are told. */
  Peace directories(Optional<String> recorded, Optional<String> members) {
    directory = recorded;
    told = members;
    return this;
  }

  Peace claims(VolumeView... others) {
    volumes = Fact.known(List.of(others));
    return this;
  }

  Peace kept(KeptDirectory... kept) {
    return claims(volume(Optional.of(IN_USE), kept));
  }

  Peace pods(PodView... others) {
    pods = Fact.known(List.of(others));
    return this;
  }

  Peace incident(Incident other) {
    incident = Optional.of(other);
    return this;
  }

  Peace history(Incident earlier) {
    history.add(earlier);
    return this;
  }

  /** What the API server has, in place of what is made up. */
  Peace of(ClusterRef ref, WorkloadView seen) {
    cluster = ref;
    volumes = seen.volumes();
    pods = seen.pods();
    claimUid = seen.volume(ref.memberName(0)).orElseThrow().uid();
    return this;
  }

  static KeptDirectory kept(String incident, String directory) {
    return new KeptDirectory(incident, Optional.ofNullable(directory));
  }

  static VolumeView volume(Optional<String> marked, KeptDirectory... kept) {
    return new VolumeView("etcd-data-demo-0", "demo-0", "volume-0", true, false)
        .marked(new VolumeMarks(marked, Optional.of(MEMBER), List.of(kept)));
  }

  static PodView pod(boolean ready, boolean terminating) {
    return new PodView(
        "demo-0",
        "pod-0",
        Optional.empty(),
        Optional.of("node"),
        ready,
        ready,
        terminating,
        false,
        false,
        0,
        "");
  }

  static Incident acknowledged(String id) {
    return incident(id, Phase.COMPLETED, Optional.of(AT), List.of());
  }

  static Incident unacknowledged(String id, PassedOver... passedOver) {
    return incident(id, Phase.COMPLETED, Optional.empty(), List.of(passedOver));
  }

  static Incident incident(
      String id, Phase phase, Optional<Instant> acknowledgedAt, List<PassedOver> passedOver) {
    Survivor survivor = new Survivor(new MemberId(1), "demo-0", 0, 3, 130, 112);
    return new Incident(
        id,
        phase,
        Optional.empty(),
        Reason.RECOVERY_COMPLETED,
        "all members are back",
        AT,
        Optional.of(AT),
        Optional.of(AT).filter(at -> phase == Phase.COMPLETED),
        new LossEvidence(Duration.ofSeconds(60), AT, 130, List.of()),
        Optional.of(survivor),
        Optional.empty(),
        Optional.of(AT),
        Optional.of(new DataLoss(new MemberId(1), 112, 130, AT, "some")),
        acknowledgedAt,
        AT,
        Optional.of(new RecoveryPlan(Strategy.RESTORE, "", survivor, 1, passedOver, "ab")),
        Optional.empty());
  }

  Turn turn() {
    StatefulSetView set =
        new StatefulSetView("set", 1, new OrdinalWindow(0, 1), Optional.empty(), false, storage);
    WorkloadView workload =
        new WorkloadView(
            Fact.known(Optional.of(set)),
            pods,
            volumes,
            Fact.known(List.of()),
            Fact.known(Optional.of(InitialCluster.sealed().in(told))));
    Observation seen =
        new Observation(
            AT,
            new ClusterGoal(cluster, 1, ClusterGoal.Scheme.HTTP, Optional.empty()),
            workload,
            new EtcdView(Map.of(), Fact.known(List.of())),
            Fact.unknown("not looked for"));
    KnownMember member =
        new KnownMember(
            MEMBER,
            "demo-0",
            false,
            Optional.of(claimUid),
            Optional.of("node"),
            5,
            Optional.of(AT));
    LastKnown known =
        new LastKnown(true, Optional.empty(), List.of(member), Optional.empty(), directory);
    return new Turn(
        seen,
        new Assessment(verdict, List.of(), Optional.of(List.of()), Optional.of(MEMBER), "well"),
        new Decision(
            new RecoveryRecord(2, incident, history, known),
            Action.none(),
            Reason.AS_DESIRED,
            "as desired",
            false,
            Duration.ofSeconds(30),
            List.of()),
        Optional.empty(),
        Duration.ofSeconds(30));
  }

  Optional<Steady> steady() {
    return Steady.of(turn());
  }
}
