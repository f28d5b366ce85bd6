package dev.requorum.operator.status;

import dev.requorum.core.engine.Turn;
import dev.requorum.operator.api.EtcdClusterStatus;
import dev.requorum.operator.api.EtcdMemberStatus;
import dev.requorum.operator.spec.EtcdVersion;
import dev.requorum.operator.volumes.Upkeep;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.MemberAnswer;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.kubernetes.PodView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the status of an EtcdCluster is to be: everything in it but {@code recovery}, which is never
 * part of a report.
 */
public final class StatusReport {

  private final List<Finding> findings;
  private final Optional<Turn> turn;

  private StatusReport(List<Finding> findings, Optional<Turn> turn) {
    this.findings = findings;
    this.turn = turn;
  }

  /** After a turn of the recovery engine. */
  public static StatusReport of(Turn turn) {
    return new StatusReport(Findings.of(turn), Optional.of(turn));
  }

  /**
   * After a turn of the recovery engine, where the API server refused an object that the manifest
   * asks for.
   */
  public static StatusReport of(Turn turn, String rejection) {
    List<Finding> findings =
        Findings.of(turn).stream()
            .map(
                finding ->
                    finding.type() == Finding.Type.PROGRESSING
                        ? Findings.rejected(rejection)
                        : finding)
            .toList();
    return new StatusReport(findings, Optional.of(turn));
  }

  /** The same with what came of looking after the claims, unless something else is under way. */
  public StatusReport with(Upkeep upkeep) {
    List<Finding> more = findings.stream().map(finding -> unlessIdle(finding, upkeep)).toList();
    return new StatusReport(more, turn);
  }

  private static Finding unlessIdle(Finding finding, Upkeep upkeep) {
    boolean idle =
        finding.type() == Finding.Type.PROGRESSING && finding.truth() == Finding.Truth.FALSE;
    if (!idle || upkeep.state() == Upkeep.State.IDLE) {
      return finding;
    }
    boolean underWay = upkeep.state() == Upkeep.State.UNDER_WAY;
    return new Finding(
        Finding.Type.PROGRESSING,
        Finding.Truth.of(underWay),
        underWay ? Reason.REMOVING_DIRECTORY : Reason.DIRECTORY_NOT_REMOVED,
        upkeep.message());
  }

  /**
   * After a turn of the recovery engine for a cluster whose objects are left alone until a human
   * mends the cause.
   */
  public static StatusReport refused(Turn turn, Reason reason, String message) {
    return new StatusReport(Findings.refused(turn, reason, message), Optional.of(turn));
  }

  /** Where nothing is done for the cluster until a human mends the cause. */
  public static StatusReport refused(Reason reason, String message) {
    return new StatusReport(Findings.refused(reason, message), Optional.empty());
  }

  /** Where the cluster could not be looked at. */
  public static StatusReport notLookedAt(Reason reason, String message) {
    return new StatusReport(Findings.notLookedAt(reason, message), Optional.empty());
  }

  /**
   * The status to store.
   *
   * @param stored the status as it was read; null where there is none
   * @param generation that of the spec that was looked at
   */
  EtcdClusterStatus next(EtcdClusterStatus stored, long generation, Instant now) {
    EtcdClusterStatus before = stored == null ? new EtcdClusterStatus() : stored;
    EtcdClusterStatus next = new EtcdClusterStatus();
    next.observedGeneration = generation;
    next.conditions =
        ConditionList.merge(
            before.conditions == null ? List.of() : before.conditions, findings, generation, now);
    if (turn.isPresent()) {
      count(turn.get(), next);
      next.members = MemberReports.of(turn.get());
      next.leaderId = turn.get().assessment().leader().map(Object::toString).orElse(null);
      next.currentVersion = lowestVersion(turn.get()).orElse(before.currentVersion);
    } else {
      next.currentReplicas = before.currentReplicas;
      next.readyReplicas = before.readyReplicas;
      next.currentVersion = before.currentVersion;
      next.members = before.members == null ? null : unseen(before.members);
    }
    return next;
  }

  /** Nobody looked, so that nobody may go on calling them healthy. */
  private static List<EtcdMemberStatus> unseen(List<EtcdMemberStatus> before) {
    return before.stream().map(StatusReport::unseen).toList();
  }

  private static EtcdMemberStatus unseen(EtcdMemberStatus before) {
    EtcdMemberStatus member = new EtcdMemberStatus();
    member.id = before.id;
    member.name = before.name;
    member.version = before.version;
    member.isLearner = before.isLearner;
    member.isHealthy = false;
    member.isLeader = false;
    return member;
  }

  private static void count(Turn turn, EtcdClusterStatus next) {
    next.currentReplicas =
        turn.observation()
            .workload()
            .statefulSet()
            .value()
            .map(found -> found.map(seen -> seen.window().replicas()).orElse(0))
            .orElse(null);
    next.readyReplicas =
        turn.observation()
            .workload()
            .pods()
            .value()
            .map(pods -> (int) pods.stream().filter(StatusReport::isReady).count())
            .orElse(null);
    next.memberCount = turn.assessment().members().map(List::size).orElse(null);
  }

  private static boolean isReady(PodView pod) {
    return pod.ready() && !pod.terminating();
  }

  private static Optional<String> lowestVersion(Turn turn) {
    return turn.observation().etcd().answers().values().stream()
        .map(MemberAnswer::status)
        .flatMap(status -> status.value().stream())
        .map(MemberStatus::version)
        .flatMap(version -> EtcdVersion.parse(version).stream())
        .min(Comparator.naturalOrder())
        .map(EtcdVersion::toString);
  }
}
