package dev.requorum.e2e.histories;

import dev.requorum.e2e.scenario.HeldDown;
import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.scenario.ManifestText;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.Party;
import dev.requorum.fabric8.status.RecoveryStatus;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One history in the local world: a cluster, its clients, the loss that the plan has, the recovery,
 * and the verdict.
 */
public final class HistoryRun {

  private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);
  private static final Duration DOWN_GRACE_PERIOD = Duration.ofSeconds(8);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int WRITES_AFTER = 30;
  private static final String VOLUME_KEPT = "VolumeKept";

  private final LocalSite site;
  private final HistoryPlan plan;
  private final TestCluster cluster;

  /**
   * @param namespace has an operator that serves it
   */
  public HistoryRun(LocalSite site, String namespace, HistoryPlan plan) {
    this.site = site;
    this.plan = plan;
    this.cluster = new TestCluster(site, namespace, "history-" + plan.seed());
  }

  public TestCluster cluster() {
    return cluster;
  }

  /**
   * Plays the plan and returns what the checker says. The cluster stays.
   *
   * @param file takes the history, as far as it went, whatever happens
   */
  public Verdict play(HistoryChecker checker, Path file) {
    cluster.startWith(manifest(), plan.size());
    Recording recording = Recording.begin(site, cluster, plan);
    try {
      try (recording) {
        throughTheLoss(recording);
      }
      recording.write(file, TestCluster.ordinals(plan.size()));
    } catch (RuntimeException | AssertionError failure) {
      recording.writeUnfinished(file);
      throw failure;
    }
    return checker.check(file);
  }

  /** Removes the cluster and its claims. */
  public void clear() {
    cluster.delete();
    TestCluster.ordinals(plan.size())
        .forEach(
            ordinal ->
                cluster
                    .client()
                    .persistentVolumeClaims()
                    .inNamespace(cluster.namespace())
                    .withName(cluster.claim(ordinal))
                    .delete());
  }

  private String manifest() {
    String manifest =
        ManifestText.cluster(
            cluster.name(), plan.size(), plan.version(), GRACE_PERIOD, DOWN_GRACE_PERIOD);
    return plan.inPlace() ? ManifestText.inPlace(manifest) : manifest;
  }

  private void throughTheLoss(Recording recording) {
    recording.awaitWrites(plan.workload().writesBefore());
    if (plan.loss().behind()) {
      cut();
      recording.awaitWrites(plan.loss().writesBehind());
    }
    if (plan.loss().seen()) {
      awaitSeen();
    }
    lose();
    awaitCompleted();
    cluster.awaitHealthy(plan.size(), LIMIT);
    recording.awaitWrites(WRITES_AFTER);
  }

  /** Acknowledges the loss where a volume with later data is kept until somebody does. */
  private void awaitCompleted() {
    Await.until(
        "the recovery is completed, or waits for a human",
        LIMIT,
        () -> cluster.phase().equals("Completed") || VOLUME_KEPT.equals(cluster.recovery().reason),
        cluster::describe);
    if (!cluster.phase().equals("Completed")) {
      cluster.acknowledgeLoss();
      cluster.awaitPhase(LIMIT, "Completed");
    }
  }

  private void cut() {
    plan.lost().forEach(other -> site.world().cut(party(plan.loss().survivor()), party(other)));
  }

  private void heal() {
    plan.lost().forEach(other -> site.world().heal(party(plan.loss().survivor()), party(other)));
  }

  private Party party(int ordinal) {
    return site.world().pod(cluster.namespace(), cluster.pod(ordinal)).party();
  }

  private void awaitSeen() {
    long survivors = cluster.memberStatus(plan.loss().survivor()).revision();
    Await.until(
        "the operator has seen a revision after " + survivors,
        LIMIT,
        () -> seen() > survivors,
        cluster::describe);
  }

  private long seen() {
    RecoveryStatus.LastKnown known = cluster.recovery().lastKnown;
    return known.members.stream().mapToLong(member -> member.revision).max().orElse(0);
  }

  private void lose() {
    switch (plan.loss().manner()) {
      case GONE -> {
        try (HeldDown held = HeldDown.of(cluster, plan.lost())) {
          held.awaitRebuilding(LIMIT);
        } finally {
          heal();
        }
      }
      case DOWN -> {
        plan.lost().forEach(o -> site.holdDown(cluster.namespace(), cluster.pod(o)));
        try {
          cluster.awaitPhase(LIMIT, "ScalingOut");
        } finally {
          heal();
          plan.lost().forEach(o -> site.release(cluster.namespace(), cluster.pod(o)));
        }
      }
    }
  }
}
