package dev.requorum.core.recovery;

import dev.requorum.ports.record.Strategy;
import java.util.Optional;

/**
 * How a cluster can be rebuilt, given the etcd release that its survivor runs and what is asked
 * for.
 *
 * @param strategy empty where every way has a known defect
 * @param why why it is another than the one asked for, or why there is none; else empty
 */
record StrategyChoice(Optional<Strategy> strategy, String why) {

  /**
   * The choice.
   *
   * @param version as the survivor reports it
   * @param learners whether the membership that is known has learners
   */
  static StrategyChoice of(String version, Optional<Strategy> asked, boolean learners) {
    Optional<EtcdRelease> release = EtcdRelease.parse(version);
    Optional<String> noRestore = whyNotRestore(version, release);
    Optional<String> noForce = whyNotForce(version, release, learners);
    boolean wantsForce = asked.equals(Optional.of(Strategy.FORCE_NEW_CLUSTER));
    if (wantsForce && noForce.isEmpty()) {
      return new StrategyChoice(Optional.of(Strategy.FORCE_NEW_CLUSTER), "");
    }
    if (noRestore.isEmpty()) {
      return new StrategyChoice(
          Optional.of(Strategy.RESTORE),
          wantsForce ? "not ForceNewCluster, as was asked for: " + noForce.orElseThrow() : "");
    }
    if (noForce.isEmpty() && release.isPresent()) {
      return new StrategyChoice(
          Optional.of(Strategy.FORCE_NEW_CLUSTER), "not Restore: " + noRestore.get());
    }
    return new StrategyChoice(
        Optional.empty(),
        noRestore.get()
            + noForce
                .map("; "::concat)
                .orElse("; set spec.recovery.strategy: ForceNewCluster if it is known to be safe"));
  }

  /**
   * Restoring with a raised revision came with etcd 3.6.0 and was backported to 3.5.10 (etcd pull
   * requests 16029 and 16165).
   */
  private static Optional<String> whyNotRestore(String version, Optional<EtcdRelease> release) {
    if (release.isEmpty()) {
      return Optional.of("it cannot be told what etcd version \"" + version + "\" can restore");
    }
    return release.get().atLeast(3, 5, 10)
        ? Optional.empty()
        : Optional.of(
            "etcd %s cannot raise the revision of what it restores (3.5.10 and newer can)"
                .formatted(release.get()));
  }

  /** Defects of {@code --force-new-cluster}, from etcd's changelogs. */
  private static Optional<String> whyNotForce(
      String version, Optional<EtcdRelease> release, boolean learners) {
    if (release.isEmpty()) {
      return Optional.empty();
    }
    EtcdRelease etcd = release.get();
    if (etcd.before(3, 5, 22) || etcd.before(3, 6, 1)) {
      return Optional.of(
          "etcd %s can leave former members over after --force-new-cluster (mended in 3.5.22 and"
                  .formatted(etcd)
              + " 3.6.1)");
    }
    boolean leavesLearners = etcd.before(3, 5, 25) || etcd.before(3, 6, 6);
    return learners && leavesLearners
        ? Optional.of(
            "etcd %s leaves learners over after --force-new-cluster (mended in 3.5.25 and 3.6.6),"
                    .formatted(etcd)
                + " and the cluster has a learner")
        : Optional.empty();
  }
}
