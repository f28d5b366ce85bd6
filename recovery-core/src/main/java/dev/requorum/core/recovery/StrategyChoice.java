package dev.requorum.core.recovery;

import dev.requorum.ports.record.Strategy;
import java.util.Optional;

/**
 * How a cluster can be rebuilt, given the etcd release that its survivor runs and what is asked
 * for: what is asked for where that has no known defect, else the other way, and a restore where
 * nobody asks.
 *
 * <p>From etcd's changelogs: {@code etcdutl snapshot restore} takes {@code --bump-revision} and
 * {@code --mark-compacted} since 3.5.10 (etcd pull request 16165) and 3.6.0 (16029); 3.4 has no
 * etcdutl. {@code --force-new-cluster} removes all other members since 3.5.22 (20339) and 3.6.1
 * (20071), and learners, too, since 3.5.25 and 3.6.6 (20896). A pre-release is taken to lack what
 * its release brought. Of a version that is no release nothing is known.
 *
 * @param strategy empty where every way has a known defect, or nothing is known and nobody decided
 * @param why why it is another than the one asked for, or why there is none; else empty
 */
record StrategyChoice(Optional<Strategy> strategy, String why) {

  private static final String BY_HAND =
      "; no plan is made with it: recover by hand, as etcd's disaster recovery guide says";

  /**
   * The choice.
   *
   * @param version as the survivor reports it
   * @param learners whether anybody knows of a learner in the cluster
   */
  static StrategyChoice of(String version, Optional<Strategy> asked, boolean learners) {
    return EtcdRelease.parse(version)
        .map(release -> known(version, release, asked, learners))
        .orElseGet(() -> unknown(version, asked));
  }

  /**
   * The choice where the survivor serves no clients: it cannot be copied before anything is done to
   * it, so that only a restore is possible.
   *
   * @param imageTag of the image that it runs; empty where there is none
   */
  static StrategyChoice restoreOnly(
      String survivor, Optional<String> imageTag, Optional<Strategy> asked) {
    Optional<EtcdRelease> release = imageTag.flatMap(EtcdRelease::parse);
    if (release.isEmpty()) {
      return new StrategyChoice(
          Optional.empty(),
          ("%s serves no clients, so that it can only be restored from, and its image has %s, so"
                  + " that it cannot be told whether it can do that%s")
              .formatted(
                  survivor,
                  imageTag
                      .map("tag %s, which is no etcd release (such as v3.6.1)"::formatted)
                      .orElse("no tag"),
                  BY_HAND));
    }
    return whyNotRestore(imageTag.get(), release.get())
        .map(
            defect ->
                new StrategyChoice(
                    Optional.empty(),
                    "%s serves no clients, so that it can only be restored from, and %s%s"
                        .formatted(survivor, defect, BY_HAND)))
        .orElseGet(
            () ->
                new StrategyChoice(
                    Optional.of(Strategy.RESTORE),
                    asksForForce(asked)
                        ? "not ForceNewCluster, as was asked for: %s serves no clients, so that it"
                                .formatted(survivor)
                            + " cannot be copied before"
                        : ""));
  }

  private static StrategyChoice known(
      String version, EtcdRelease release, Optional<Strategy> asked, boolean learners) {
    Optional<String> noRestore = whyNotRestore(version, release);
    Optional<String> noForce = whyNotForce(version, release, learners);
    if (asksForForce(asked) && noForce.isEmpty()) {
      return new StrategyChoice(Optional.of(Strategy.FORCE_NEW_CLUSTER), "");
    }
    if (noRestore.isEmpty()) {
      return new StrategyChoice(
          Optional.of(Strategy.RESTORE),
          asksForForce(asked) ? "not ForceNewCluster, as was asked for: " + noForce.get() : "");
    }
    return noForce
        .map(
            defect ->
                new StrategyChoice(Optional.empty(), noRestore.get() + "; " + defect + BY_HAND))
        .orElseGet(
            () ->
                new StrategyChoice(
                    Optional.of(Strategy.FORCE_NEW_CLUSTER), "not Restore: " + noRestore.get()));
  }

  private static StrategyChoice unknown(String version, Optional<Strategy> asked) {
    return asksForForce(asked)
        ? new StrategyChoice(Optional.of(Strategy.FORCE_NEW_CLUSTER), "")
        : new StrategyChoice(
            Optional.empty(),
            ("the survivor reports version \"%s\", which is no etcd release (such as 3.6.1), so"
                    + " that it cannot be told what it can restore; if --force-new-cluster is known to"
                    + " be safe with it, set spec.recovery.strategy to ForceNewCluster")
                .formatted(version));
  }

  private static boolean asksForForce(Optional<Strategy> asked) {
    return asked.equals(Optional.of(Strategy.FORCE_NEW_CLUSTER));
  }

  private static Optional<String> whyNotRestore(String version, EtcdRelease etcd) {
    boolean bumps = etcd.atLeast(3, 6, 0) || etcd.isOf(3, 5) && etcd.atLeast(3, 5, 10);
    return bumps
        ? Optional.empty()
        : Optional.of(
            "etcd %s cannot raise the revision of what it restores (3.5.10 and newer can)"
                .formatted(version));
  }

  private static Optional<String> whyNotForce(String version, EtcdRelease etcd, boolean learners) {
    if (etcd.before(3, 5, 22) || etcd.before(3, 6, 1)) {
      return Optional.of(
          "etcd %s can leave former members over after --force-new-cluster (mended in 3.5.22 and"
                  .formatted(version)
              + " 3.6.1)");
    }
    boolean leavesLearners = etcd.before(3, 5, 25) || etcd.before(3, 6, 6);
    return learners && leavesLearners
        ? Optional.of(
            "etcd %s leaves learners over after --force-new-cluster (mended in 3.5.25 and 3.6.6),"
                    .formatted(version)
                + " and the cluster has a learner")
        : Optional.empty();
  }
}
