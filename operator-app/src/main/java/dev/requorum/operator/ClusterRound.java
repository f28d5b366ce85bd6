package dev.requorum.operator;

import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.Turn;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.objects.ClusterObjects;
import dev.requorum.operator.objects.Ensured;
import dev.requorum.operator.spec.ClusterRequest;
import dev.requorum.operator.spec.RecoveryRequest;
import dev.requorum.operator.spec.SpecReader;
import dev.requorum.operator.status.PodTroubles;
import dev.requorum.operator.status.StatusReport;
import dev.requorum.operator.status.StatusWriter;
import dev.requorum.operator.volumes.Upkeep;
import dev.requorum.operator.volumes.VolumeUpkeep;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Announcer;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.PodView;
import dev.requorum.ports.record.RecoveryRecords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * One round for one cluster: read the manifest, make sure of the objects, let the recovery engine
 * have its turn, tell what was found. A manifest that is refused, or whose objects are, keeps
 * nobody from recovering the cluster that is there: its objects are left alone, the engine has its
 * turn all the same. All that touches membership or recovery happens in that turn (S11).
 */
final class ClusterRound {

  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final Duration WHILE_REFUSED = Duration.ofSeconds(30);
  private static final Duration WHILE_REMOVING = Duration.ofSeconds(2);

  private final SpecReader specs;
  private final Belongings belongings;
  private final RecoveryRecords records;
  private final RecoveryEngine engine;
  private final Reporting reporting;

  /** How a round tells what it found. */
  record Reporting(StatusWriter status, Announcer events, InstantSource clock) {}

  /** What a cluster has besides its record. */
  record Belongings(ClusterObjects objects, VolumeUpkeep volumes) {}

  /** Why a cluster's objects are left alone. */
  private record Refusal(Reason reason, String why) {}

  ClusterRound(
      SpecReader specs,
      Belongings belongings,
      RecoveryRecords records,
      RecoveryEngine engine,
      Reporting reporting) {
    this.specs = specs;
    this.belongings = belongings;
    this.records = records;
    this.engine = engine;
    this.reporting = reporting;
  }

  /**
   * @param cluster as the API server has it now
   * @return when to come back, unless something happens before
   * @throws PortFailure where the API server or the record failed; the status says so, where it
   *     could still be written
   */
  Duration run(EtcdCluster cluster) {
    try {
      SpecReader.Reading reading = specs.read(cluster);
      if (reading instanceof SpecReader.Refused refused) {
        Refusal refusal = new Refusal(Reason.INVALID_SPEC, refused.why());
        return refuse(cluster, refusal, refused.recovery());
      }
      return run(cluster, ((SpecReader.Accepted) reading).request());
    } catch (PortFailure e) {
      tell(cluster, e);
      throw e;
    }
  }

  private void tell(EtcdCluster cluster, PortFailure failure) {
    try {
      reporting
          .status()
          .write(cluster, StatusReport.notLookedAt(Reason.PORT_FAILED, failure.getMessage()));
    } catch (PortFailure untold) {
      failure.addSuppressed(untold);
    }
  }

  private Duration run(EtcdCluster cluster, ClusterRequest request) {
    ClusterRef ref = request.goal().cluster();
    Ensured ensured = belongings.objects().ensure(cluster, request, records.load(ref).record());
    if (ensured instanceof Ensured.NameTaken taken) {
      Refusal refusal = new Refusal(Reason.NAME_TAKEN, taken.why());
      return refuse(cluster, refusal, Optional.of(request.recovery()));
    }
    if (ensured instanceof Ensured.Overtaken) {
      return AT_ONCE;
    }
    Optional<Turn> turn = engine.turn(request.goal(), request.recovery().policy());
    if (turn.isEmpty()) {
      return AT_ONCE;
    }
    Upkeep upkeep = belongings.volumes().tend(cluster, turn.get());
    if (ensured instanceof Ensured.Rejected rejected) {
      reporting.status().write(cluster, StatusReport.of(turn.get(), rejected.why()));
      announceRefusal(cluster, Reason.ACT_REFUSED, rejected.why());
    } else {
      reporting.status().write(cluster, StatusReport.of(turn.get()).with(upkeep));
    }
    return told(ref, turn.get(), upkeep);
  }

  private Duration refuse(
      EtcdCluster cluster, Refusal refusal, Optional<RecoveryRequest> recovery) {
    announceRefusal(cluster, refusal.reason(), refusal.why());
    if (recovery.isEmpty()
        || !belongings.objects().canBeRecovered(cluster, records.load(ref(cluster)).record())) {
      reporting.status().write(cluster, StatusReport.refused(refusal.reason(), refusal.why()));
      return WHILE_REFUSED;
    }
    Optional<Turn> turn = engine.turn(recovery.get().goal(), recovery.get().policy());
    if (turn.isEmpty()) {
      return AT_ONCE;
    }
    Upkeep upkeep = belongings.volumes().tend(cluster, turn.get());
    reporting
        .status()
        .write(cluster, StatusReport.refused(turn.get(), refusal.reason(), refusal.why()));
    return told(ref(cluster), turn.get(), upkeep);
  }

  /** No watch tells when a Job has ended. */
  private Duration told(ClusterRef ref, Turn turn, Upkeep upkeep) {
    announcePodTroubles(ref, turn);
    if (upkeep.state() == Upkeep.State.FAILED && !upkeep.key().isEmpty()) {
      announce(ref, "removal-" + upkeep.key(), Reason.DIRECTORY_NOT_REMOVED, upkeep.message());
    }
    boolean soon =
        upkeep.state() == Upkeep.State.UNDER_WAY
            && turn.recheckAfter().compareTo(WHILE_REMOVING) > 0;
    return soon ? WHILE_REMOVING : turn.recheckAfter();
  }

  private static ClusterRef ref(EtcdCluster cluster) {
    return new ClusterRef(cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
  }

  private void announceRefusal(EtcdCluster cluster, Reason reason, String why) {
    String key =
        "%s-%d-%s"
            .formatted(
                reason.word().toLowerCase(Locale.ROOT),
                cluster.getMetadata().getGeneration(),
                Integer.toHexString(why.hashCode()));
    announce(ref(cluster), key, reason, why);
  }

  private void announcePodTroubles(ClusterRef ref, Turn turn) {
    for (PodView pod : PodTroubles.of(turn.observation().workload()).pods()) {
      String cause = PodTroubles.cause(pod).orElse("").toLowerCase(Locale.ROOT);
      announce(
          ref,
          "pod-" + pod.uid().toLowerCase(Locale.ROOT) + "-" + cause,
          Reason.MEMBER_UNHEALTHY,
          pod.name() + " does not start: " + pod.detail());
    }
  }

  private void announce(ClusterRef ref, String key, Reason reason, String message) {
    reporting
        .events()
        .announce(ref, new Announcement(key, true, reason, message, reporting.clock().instant()));
  }
}
