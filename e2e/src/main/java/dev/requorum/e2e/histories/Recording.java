package dev.requorum.e2e.histories;

import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.WorldException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The clients of a healthy cluster at work, while every operation of theirs is written down. */
public final class Recording implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final LocalSite site;
  private final TestCluster cluster;
  private final HistoryPlan plan;
  private final List<String> members;
  private final MemberGateway gateway = new MemberGateway();
  private final History history = new History();
  private final HistoryClients clients;

  private Recording(LocalSite site, TestCluster cluster, HistoryPlan plan) {
    this.site = site;
    this.cluster = cluster;
    this.plan = plan;
    this.members = TestCluster.ordinals(plan.size()).stream().map(cluster::pod).toList();
    this.clients = HistoryClients.start(plan, members, this::address, gateway, history);
  }

  /** Sends the plan's clients to work; what else the plan has is not done here. */
  public static Recording begin(LocalSite site, TestCluster cluster, HistoryPlan plan) {
    return new Recording(site, cluster, plan);
  }

  /**
   * Waits until so many more writes were acknowledged.
   *
   * @throws IllegalStateException where a client fails for a reason of its own
   */
  public void awaitWrites(int more) {
    awaitWrites(more, TestCluster.ordinals(plan.size()));
  }

  /** The same, of those that one of these members was asked for. */
  public void awaitWrites(int more, List<Integer> ordinals) {
    Set<String> asked = ordinals.stream().map(cluster::pod).collect(Collectors.toSet());
    long wanted = acknowledgedBy(asked) + more;
    Await.until(
        "%d acknowledged writes by %s".formatted(wanted, asked),
        LIMIT,
        () -> acknowledgedBy(asked) >= wanted || !clients.areAtWork(),
        () -> acknowledgedBy(asked) + "; " + cluster.describe());
    clients
        .failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException("a client failed", failure);
            });
  }

  private long acknowledgedBy(Set<String> asked) {
    return history.count(o -> o.isAcknowledgedWrite() && asked.contains(o.member()));
  }

  /** The clients end; returns when none writes any more. */
  @Override
  public void close() {
    clients.close();
  }

  /**
   * Writes down all of it for the checker, with the account that is in the cluster's status and
   * what these members have in the end. To be called when the clients have ended.
   */
  public void write(Path file, List<Integer> ordinals) {
    readRegisters();
    HistoryFile written = new HistoryFile().plan(plan);
    dumps(ordinals).forEach((member, all) -> written.dump(member, all.found()));
    written.account(Account.of(cluster.recovery()), history::at);
    written.operations(history.operations()).write(file);
  }

  /** The same without account and end, where it did not get there. */
  void writeUnfinished(Path file) {
    new HistoryFile().plan(plan).operations(history.operations()).write(file);
  }

  /** Reads each register of the survivor once more. */
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

  /** All that each of the members has, once they are at the same revision. */
  private Map<String, Answer> dumps(List<Integer> ordinals) {
    return Await.untilPresent(
        "members %s are at one revision".formatted(ordinals),
        LIMIT,
        () -> dumpsAtOneRevision(ordinals),
        cluster::describe);
  }

  private Optional<Map<String, Answer>> dumpsAtOneRevision(List<Integer> ordinals) {
    Map<String, Answer> dumps = new LinkedHashMap<>();
    for (int ordinal : ordinals) {
      String member = members.get(ordinal);
      address(member)
          .flatMap(address -> gateway.dump(address).answer())
          .ifPresent(answer -> dumps.put(member, answer));
    }
    long revisions = dumps.values().stream().map(Answer::revision).distinct().count();
    return dumps.size() == ordinals.size() && revisions == 1
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
