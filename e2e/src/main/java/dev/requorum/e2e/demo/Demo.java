package dev.requorum.e2e.demo;

import dev.requorum.e2e.scenario.HeldDown;
import dev.requorum.e2e.scenario.ManifestText;
import dev.requorum.e2e.scenario.OperatorHandle;
import dev.requorum.e2e.scenario.RecoveryCheck;
import dev.requorum.e2e.scenario.RestoreCheck;
import dev.requorum.e2e.scenario.Site;
import dev.requorum.e2e.scenario.Stopwatch;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.scenario.Timeline;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldOptions;
import dev.requorum.fabric8.status.DataLossStatus;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code make demo}: a real three-member etcd cluster loses its majority, with its volumes, and the
 * operator brings it back (S24). Runs inside a local world, or on the cluster that {@code
 * $KUBECONFIG} names, as {@link Site#CHOICE} has it; what failed stays on a cluster. Exits with 0
 * only where every assertion holds; whatever else happens, the report and one line say what failed.
 */
public final class Demo {

  private static final int SIZE = 3;
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);
  private static final Duration DOWN_GRACE_PERIOD = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String NAMESPACE = "demo";

  private static final int LAST_LINES = 30;

  private final Console console;
  private final Heartbeat heartbeat;
  private final String version;
  private final int survivor;
  private final ReportFile file;

  private Demo(Console console, Heartbeat heartbeat, String version, int survivor, Path file) {
    this.console = console;
    this.heartbeat = heartbeat;
    this.version = version;
    this.survivor = survivor;
    this.file = new ReportFile(file);
  }

  /**
   * @param args none; {@code $SURVIVOR} (0 to 2, default 1) names the member that is not touched,
   *     {@code $ETCD_VERSION} the version of etcd, {@code $DEMO_REPORT} the report's file
   */
  public static void main(String[] args) {
    Console console = new Console(System.out, System.getenv("DEMO_COLOUR") != null, Instant.now());
    int survivor = survivor();
    Path report = Path.of(setting("DEMO_REPORT", "target/demo/report.json"));
    boolean recovered;
    try (Heartbeat heartbeat = Heartbeat.start(console, "the control plane")) {
      recovered =
          new Demo(console, heartbeat, setting("ETCD_VERSION", "3.6.16"), survivor, report).run();
    }
    System.exit(recovered ? 0 : 1);
  }

  private static String setting(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank()).orElse(otherwise);
  }

  private static int survivor() {
    String value = setting("SURVIVOR", "1");
    if (!value.matches("[0-2]")) {
      System.err.println("SURVIVOR must be 0, 1 or 2, not '" + value + "'");
      System.exit(2);
    }
    return Integer.parseInt(value);
  }

  private boolean run() {
    try {
      file.clear();
      console.step(
          Site.isCluster()
              ? "on the cluster that KUBECONFIG names; installing the operator: deploy/install.yaml"
              : "starting a Kubernetes control plane and three nodes, in namespaces of their own");
      try (Site site = Site.open(() -> World.start(WorldOptions.defaults()))) {
        return runOn(site);
      }
    } catch (AssertionError | RuntimeException failure) {
      return failed(failure, List.of(), "");
    }
  }

  private boolean runOn(Site site) {
    String namespace = site.createNamespace(NAMESPACE);
    OperatorHandle operator = site.operator(namespace);
    console.step("the operator runs, with nothing but its ServiceAccount's rights");
    TestCluster cluster = new TestCluster(site, namespace, "demo");
    try (Timeline timeline = Timeline.follow(cluster, console::transition)) {
      boolean recovered = runWith(cluster, timeline, operator);
      if (recovered) {
        site.deleteNamespace(namespace);
      }
      return recovered;
    }
  }

  private boolean runWith(TestCluster cluster, Timeline timeline, OperatorHandle operator) {
    try {
      Report report = play(cluster, timeline);
      file.write(report);
      System.out.println("report: " + file.path());
      return report.verdict().equals(Report.RECOVERED);
    } catch (AssertionError | RuntimeException failure) {
      return failed(failure, phases(timeline), operator.log());
    }
  }

  /** Reports what ended the run early, in full in the file and in one line on the console. */
  private boolean failed(Throwable failure, List<Report.PhaseEntry> phases, String operatorLog) {
    String message = reason(failure);
    List<String> log = operatorLog.lines().toList();
    FailureReport report =
        new FailureReport(
            Report.FAILED,
            version,
            survivor,
            phases,
            message,
            log.subList(Math.max(0, log.size() - LAST_LINES), log.size()));
    String more = "more in " + file.path();
    try {
      file.write(report);
    } catch (UncheckedIOException e) {
      more = reason(e);
    }
    console.failure("%s: %s (%s)".formatted(Report.FAILED, firstLine(message), more));
    return false;
  }

  private static String reason(Throwable failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    return Optional.ofNullable(failure.getCause())
        .map(Throwable::getMessage)
        .filter(cause -> !message.contains(cause))
        .map(cause -> message + ": " + cause)
        .orElse(message);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("no reason given");
  }

  private static List<Report.PhaseEntry> phases(Timeline timeline) {
    return timeline.entries().stream()
        .filter(entry -> !entry.phase().isEmpty())
        .map(e -> new Report.PhaseEntry(e.phase(), e.at().toString(), e.reason()))
        .toList();
  }

  private Report play(TestCluster cluster, Timeline timeline) {
    console.step("applying an EtcdCluster of %d, etcd %s".formatted(SIZE, version));
    heartbeat.waitFor("%d healthy members".formatted(SIZE));
    cluster.startWith(
        ManifestText.cluster("demo", SIZE, version, GRACE_PERIOD, DOWN_GRACE_PERIOD), SIZE);
    Map<String, String> keys = writeKeys(cluster);
    String claim = cluster.claimUid(survivor);
    RestoreCheck restore = RestoreCheck.before(cluster, SIZE, survivor, List.of(survivor));
    List<Integer> lost =
        TestCluster.ordinals(SIZE).stream().filter(ordinal -> ordinal != survivor).toList();
    console.step(
        "pods %s are deleted by force, with their volumes, again and again; %s is not touched"
            .formatted(lost.stream().map(cluster::pod).toList(), cluster.pod(survivor)));
    heartbeat.waitFor("the operator to notice the loss");
    Stopwatch stopwatch;
    try (HeldDown held = HeldDown.of(cluster, lost)) {
      awaitLoss(cluster);
      heartbeat.waitFor("the window of %d s to end".formatted(GRACE_PERIOD.toSeconds()));
      stopwatch = Stopwatch.start(cluster, survivor, SIZE);
      held.awaitRebuilding(LIMIT);
      console.step("the majority is held down no longer");
    }
    heartbeat.waitFor("the recovery to complete");
    cluster.awaitPhase(LIMIT, "Completed");
    heartbeat.waitFor("%d healthy members".formatted(SIZE));
    cluster.awaitHealthy(SIZE, LIMIT);
    return judge(
        new RecoveryCheck(cluster, survivor, SIZE, keys, claim), restore, timeline, stopwatch);
  }

  private Map<String, String> writeKeys(TestCluster cluster) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 1; i <= 6; i++) {
      keys.put("demo/key-" + i, "value-" + i);
    }
    keys.forEach((key, value) -> cluster.put(survivor, key, value));
    console.step("wrote %d keys: %s".formatted(keys.size(), keys.keySet()));
    return keys;
  }

  private static void awaitLoss(TestCluster cluster) {
    cluster.awaitPhase(LIMIT, "Detecting", "Rebuilding");
  }

  private Report judge(
      RecoveryCheck check, RestoreCheck restore, Timeline timeline, Stopwatch stopwatch) {
    List<RecoveryCheck.Result> results = new ArrayList<>(check.results());
    results.addAll(restore.results());
    console.headline("Assertions");
    results.forEach(result -> console.result(result.holds(), result.toString()));
    boolean recovered = results.stream().allMatch(RecoveryCheck.Result::holds);
    Instant windowEnd = stopwatch.windowEnd(GRACE_PERIOD);
    long writesBack = Duration.between(windowEnd, stopwatch.writesBack()).toMillis();
    long threeVoters = Duration.between(windowEnd, stopwatch.allVoters()).toMillis();
    DataLossStatus loss =
        Optional.ofNullable(check.cluster().recovery().dataLoss).orElseGet(DataLossStatus::new);
    console.headline(
        "Cluster %s is cluster %s now. Revision %s was retained, and raised by %s so that no client mistakes the one for the other."
            .formatted(
                restore.clusterIdBefore(),
                loss.clusterIdAfter,
                loss.retainedRevision,
                loss.revisionBump));
    console.headline("The survivor's data is as it was: " + loss.original + ".");
    console.headline(
        "%s: writes accepted again after %.1f s, three voters after %.1f s (from the end of the %d s window)"
            .formatted(
                recovered ? Report.RECOVERED : Report.FAILED,
                writesBack / 1000.0,
                threeVoters / 1000.0,
                GRACE_PERIOD.toSeconds()));
    return new Report(
        recovered ? Report.RECOVERED : Report.FAILED,
        version,
        check.cluster().pod(survivor),
        phases(timeline),
        writesBack,
        threeVoters,
        check.cluster().attempts(),
        Optional.ofNullable(loss.retainedRevision).orElse(0L),
        Optional.ofNullable(loss.revisionBump).orElse(0L),
        check.keys().size(),
        check.keysByMember(),
        restore.clusterIdBefore(),
        check.clusterIdsOfMembers(),
        check.forceFlagLeft(),
        Optional.ofNullable(loss.message).orElse(""));
  }
}
