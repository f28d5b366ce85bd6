package dev.requorum.e2e.histories;

import dev.requorum.e2e.scenario.HeldDown;
import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.scenario.ManifestText;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.Party;
import dev.requorum.e2e.world.WorldException;
import dev.requorum.fabric8.status.RecoveryStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

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
  private final List<String> members;
  private final MemberGateway gateway = new MemberGateway();
  private History history = new History();

  /**
   * @param namespace has an operator that serves it
   */
  public HistoryRun(LocalSite site, String namespace, HistoryPlan plan) {
    this.site = site;
    this.plan = plan;
    this.cluster = new TestCluster(site, namespace, "history-" + plan.seed());
    this.members = TestCluster.ordinals(plan.size()).stream().map(cluster::pod).toList();
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
    HistoryFile written = new HistoryFile().plan(plan);
    try {
      cluster.startWith(manifest(), plan.size());
      history = new History();
      try (HistoryClients clients =
          HistoryClients.start(plan, members, this::address, gateway, history)) {
        throughTheLoss(clients);
      }
      readRegisters();
      Map<String, Answer> dumps = dumps();
      Account account = Account.of(cluster.recovery());
      written.account(account, history::at);
      dumps.forEach((member, all) -> written.dump(member, all.found()));
    } finally {
      written.operations(history.operations()).write(file);
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

  private void throughTheLoss(HistoryClients clients) {
    awaitWrites(clients, plan.workload().writesBefore());
    if (plan.loss().behind()) {
      cut();
      awaitWrites(clients, plan.loss().writesBehind());
    }
    if (plan.loss().seen()) {
      awaitSeen();
    }
    lose();
    awaitCompleted();
    cluster.awaitHealthy(plan.size(), LIMIT);
    awaitWrites(clients, WRITES_AFTER);
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

  /** Waits until so many more writes were acknowledged. */
  private void awaitWrites(HistoryClients clients, int more) {
    long wanted = history.acknowledgedWrites() + more;
    Await.until(
        "%d acknowledged writes".formatted(wanted),
        LIMIT,
        () -> history.acknowledgedWrites() >= wanted || !clients.areAtWork(),
        () -> history.acknowledgedWrites() + "; " + cluster.describe());
    clients
        .failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException("a client failed", failure);
            });
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

  /** Reads each register once more, when nobody writes any more. */
  private void readRegisters() {
    HistoryClient reader =
        new HistoryClient(
            plan, plan.workload().clients(), members, this::address, gateway, history);
    for (String register : HistoryClient.registers(plan.workload().registers())) {
      Await.until(
          register + " is read",
          LIMIT,
          () ->
              reader
                  .ask(members.get(plan.loss().survivor()), Request.get(register))
                  .result()
                  .isOk(),
          cluster::describe);
    }
  }

  /** All that each member has, once all are at the same revision. */
  private Map<String, Answer> dumps() {
    return Await.untilPresent(
        "all members are at one revision", LIMIT, this::dumpsAtOneRevision, cluster::describe);
  }

  private Optional<Map<String, Answer>> dumpsAtOneRevision() {
    Map<String, Answer> dumps = new LinkedHashMap<>();
    for (String member : members) {
      address(member)
          .flatMap(address -> gateway.dump(address).answer())
          .ifPresent(answer -> dumps.put(member, answer));
    }
    TreeSet<Long> revisions = new TreeSet<>();
    dumps.values().forEach(dump -> revisions.add(dump.revision()));
    return dumps.size() == members.size() && revisions.size() == 1
        ? Optional.of(dumps)
        : Optional.empty();
  }

  private Optional<String> address(String member) {
    try {
      return Optional.of(site.world().pod(cluster.namespace(), member).address());
    } catch (WorldException nowhere) {
      return Optional.empty();
    }
  }
}
