package dev.requorum.e2e.crash;

import dev.requorum.e2e.scenario.OperatorHandle;
import dev.requorum.e2e.scenario.RecoveryCheck;
import dev.requorum.e2e.scenario.RestoreCheck;
import dev.requorum.e2e.scenario.Site;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Await;
import dev.requorum.ports.record.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Plays recoveries in a namespace, one after the other, each of a new cluster of three that loses
 * two members' processes for good while their volumes are there. Whenever the namespace's {@link
 * CrashingOperator} has died, it is started again.
 */
public final class RecoveryPlayer {

  private static final int SIZE = 3;
  private static final int SURVIVOR = 2;
  private static final List<Integer> LOST = List.of(0, 1);
  private static final String PREFIX = "crash/";
  private static final Map<String, String> KEYS = Map.of(PREFIX + "one", "1", PREFIX + "two", "2");
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration TO_SUCCEED = Duration.ofMinutes(5);
  private static final Duration TO_SETTLE = Duration.ofMinutes(2);

  private static final String MANIFEST =
      """
      apiVersion: operator.etcd.io/v1alpha1
      kind: EtcdCluster
      metadata:
        name: %s
      spec:
        size: %d
        version: 3.6.16
        storageSpec:
          volumeSizeRequest: 64Mi
          volumeRetention: Delete
        recovery:
          strategy: %s
          gracePeriod: 2s
          downGracePeriod: 3s
      """;

  private final Site site;
  private final String namespace;
  private final OperatorHandle operator;
  private final Path logs;

  /**
   * @param operator a {@link CrashingOperator} that serves the namespace
   * @param logs the directory that it was given
   */
  public RecoveryPlayer(Site site, String namespace, OperatorHandle operator, Path logs) {
    this.site = site;
    this.namespace = namespace;
    this.operator = operator;
    this.logs = logs;
  }

  /** The cluster of that name, for {@link #remove} and for whoever wants to look at it. */
  public TestCluster cluster(String name) {
    return new TestCluster(site, namespace, name);
  }

  /** Deletes a cluster and its volumes; does not wait until they are gone. */
  public void remove(String name) {
    LOST.forEach(ordinal -> site.release(namespace, cluster(name).pod(ordinal)));
    Patience.until("the cluster is deleted", () -> cluster(name).delete());
  }

  /** A recovery in which nobody dies: what all others have to come to. */
  public Played undisturbed(String name, Strategy strategy) {
    return play(new Run(name, strategy, List.of(), Optional.empty()));
  }

  /** A recovery in which an operator dies at each of these points, once. */
  public Played dying(
      String name, Strategy strategy, List<CrashPoint> points, FinalState expected) {
    return play(new Run(name, strategy, points, Optional.of(expected)));
  }

  private record Run(
      String name, Strategy strategy, List<CrashPoint> points, Optional<FinalState> expected) {}

  private Played play(Run run) {
    CallLog log = new CallLog(logs, run.name());
    List<String> wrongs = new ArrayList<>();
    Optional<FinalState> state = Optional.empty();
    try {
      state = Optional.of(loseAndRecover(run, log, wrongs));
    } catch (AssertionError | RuntimeException failure) {
      wrongs.add(String.valueOf(failure.getMessage()));
    }
    List<CrashPoint> missed = log.left(run.points());
    int deaths = run.points().size() - missed.size();
    if (log.operators() != deaths + 1) {
      wrongs.add("%d operators died instead of %d".formatted(log.operators() - 1, deaths));
    }
    return new Played(
        run.name(), run.strategy(), run.points(), missed, log.entries(), state, wrongs);
  }

  private FinalState loseAndRecover(Run run, CallLog log, List<String> wrongs) {
    TestCluster cluster = cluster(run.name());
    start(run, cluster);
    String claim = Patience.get("the survivor's claim", () -> cluster.claimUid(SURVIVOR));
    RestoreCheck restored =
        Patience.get(
            "the cluster as it is before the loss",
            () -> RestoreCheck.before(cluster, SIZE, SURVIVOR, TestCluster.ordinals(SIZE)));
    log.arm(run.points());
    LOST.forEach(ordinal -> site.holdDown(namespace, cluster.pod(ordinal)));
    awaitEnd(cluster, log, Patience.LIMIT.plus(TO_SUCCEED.multipliedBy(run.points().size())));
    awaitDeaths(run.points(), log);
    awaitHealthy(cluster);
    RecoveryCheck recovered = new RecoveryCheck(cluster, SURVIVOR, SIZE, KEYS, claim);
    Verdict verdict =
        Verdict.onceSettled(
            TO_SETTLE,
            () -> Patience.get("the final state", () -> FinalState.of(cluster, SIZE)),
            run.expected(),
            () -> results(run.strategy(), recovered, restored));
    wrongs.addAll(verdict.wrongs());
    return verdict.state();
  }

  private static List<RecoveryCheck.Result> results(
      Strategy strategy, RecoveryCheck recovered, RestoreCheck restored) {
    List<RecoveryCheck.Result> results = new ArrayList<>(recovered.results());
    if (strategy == Strategy.RESTORE) {
      results.addAll(restored.results());
    }
    return results;
  }

  private void start(Run run, TestCluster cluster) {
    operator.start();
    String manifest = MANIFEST.formatted(run.name(), SIZE, run.strategy().word());
    Patience.until("the cluster is made", () -> cluster.apply(manifest));
    awaitHealthy(cluster);
    KEYS.forEach(
        (key, value) -> Patience.until("key " + key, () -> cluster.put(SURVIVOR, key, value)));
    TestCluster.ordinals(SIZE).forEach(ordinal -> awaitOnDisk(cluster, ordinal));
  }

  /**
   * etcd writes its log at once, and its database some 100 ms later, or when it is defragmented.
   */
  private static void awaitOnDisk(TestCluster cluster, int ordinal) {
    Await.until(
        "all keys on member %d of %s".formatted(ordinal, cluster.name()),
        Patience.LIMIT,
        () -> Patience.isSo(() -> cluster.count(ordinal, PREFIX) == KEYS.size()),
        cluster::describe);
    Patience.until("the database is on the disk", () -> cluster.etcdctl(ordinal, "defrag"));
  }

  private static void awaitHealthy(TestCluster cluster) {
    Await.until(
        "%d healthy members of %s".formatted(SIZE, cluster.name()),
        Patience.LIMIT,
        Patience.atMostEvery(PAUSE, () -> Patience.isSo(() -> cluster.isHealthy(SIZE))),
        cluster::describe);
  }

  /** The recovery is over. */
  private void awaitEnd(TestCluster cluster, CallLog log, Duration limit) {
    AtomicBoolean held = new AtomicBoolean(true);
    Await.until(
        "the recovery of %s is completed".formatted(cluster.name()),
        limit,
        Patience.atMostEvery(
            PAUSE,
            () -> {
              operator.start();
              String place = log.place();
              if (held.get() && List.of("ScalingOut", "Completed").contains(place)) {
                LOST.forEach(ordinal -> site.release(namespace, cluster.pod(ordinal)));
                held.set(false);
              }
              return place.equals("Completed")
                  && Patience.isSo(
                      () -> cluster.phase().equals("Completed") && cluster.isHealthy(SIZE));
            }),
        cluster::describe);
  }

  /** Who is to die after the end has, and the last one's successor has looked. */
  private void awaitDeaths(List<CrashPoint> points, CallLog log) {
    Await.until(
        "the operator died at each point after the end, and was succeeded",
        TO_SUCCEED,
        Patience.atMostEvery(
            PAUSE,
            () -> {
              operator.start();
              List<CrashPoint> left = log.left(points);
              return left.stream().noneMatch(point -> point.call().place().equals("Completed"))
                  && log.operators() > points.size() - left.size();
            }),
        () -> "at none of " + log.left(points));
  }
}
