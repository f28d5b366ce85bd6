package dev.requorum.operator.volumes;

import dev.requorum.core.engine.Turn;
import dev.requorum.core.quorum.Verdict;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A turn at which a quorum served, nothing was being recovered, and everybody agreed on which
 * directory the members use: only then is anything done to what lies on the claims.
 *
 * @param volumes the members' claims, by name
 */
record Steady(Turn turn, List<VolumeView> volumes) {

  Steady {
    volumes = volumes.stream().sorted(Comparator.comparing(VolumeView::claim)).toList();
  }

  /** Empty where the turn was none. */
  static Optional<Steady> of(Turn turn) {
    RecoveryRecord record = turn.record();
    boolean serves = turn.assessment().verdict() == Verdict.QUORATE;
    boolean atPeace = record.lastKnown().bootstrapped() && record.ongoing().isEmpty();
    return serves && atPeace && hasClaims(turn) && isAgreed(turn)
        ? turn.observation().workload().volumes().value().map(found -> new Steady(turn, found))
        : Optional.empty();
  }

  private static boolean hasClaims(Turn turn) {
    return turn.observation()
        .workload()
        .statefulSet()
        .value()
        .flatMap(found -> found)
        .map(StatefulSetView::storage)
        .filter(storage -> storage == Storage.CLAIM_PER_MEMBER)
        .isPresent();
  }

  /** What members are told when they start is what the record says that they use. */
  private static boolean isAgreed(Turn turn) {
    return turn.observation()
        .workload()
        .initialCluster()
        .value()
        .flatMap(found -> found)
        .map(InitialCluster::directory)
        .equals(Optional.of(turn.record().lastKnown().directory()));
  }

  RecoveryRecord record() {
    return turn.record();
  }

  LastKnown known() {
    return record().lastKnown();
  }
}
