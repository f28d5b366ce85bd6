package dev.requorum.e2e.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.requorum.e2e.scenario.HeldDown;
import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.scenario.ManifestText;
import dev.requorum.e2e.scenario.OperatorHandle;
import dev.requorum.e2e.scenario.RecoveryCheck;
import dev.requorum.e2e.scenario.Stopwatch;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.scenario.Timeline;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code make demo}: a real three-member etcd cluster loses its majority, with its volumes, and the
 * operator brings it back (S24). Runs inside a local world. Exits with 0 only where every assertion
 * holds.
 */
public final class Demo {

  private static final int SIZE = 3;
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);
  private static final Duration DOWN_GRACE_PERIOD = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String NAMESPACE = "demo";

  private final Console console;
  private final String version;
  private final int survivor;

  private Demo(Console console, String version, int survivor) {
    this.console = console;
    this.version = version;
    this.survivor = survivor;
  }

  /**
   * @param args none; {@code $SURVIVOR} (0 to 2, default 1) names the member that is not touched,
   *     {@code $ETCD_VERSION} the version of etcd, {@code $DEMO_REPORT} the report's file
   */
  public static void main(String[] args) throws IOException {
    Console console = new Console(System.out, System.getenv("DEMO_COLOUR") != null, Instant.now());
    Demo demo = new Demo(console, setting("ETCD_VERSION", "3.6.16"), survivor());
    boolean recovered = demo.run(Path.of(setting("DEMO_REPORT", "target/demo/report.json")));
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

  private boolean run(Path reportFile) throws IOException {
    console.step("starting a Kubernetes control plane and three nodes, in namespaces of their own");
    try (World world = World.start(WorldOptions.defaults())) {
      LocalSite site = LocalSite.in(world);
      site.createNamespace(NAMESPACE);
      console.step("starting the operator, with nothing but its ServiceAccount's rights");
      OperatorHandle operator = site.startOperator(NAMESPACE, LocalSite.OPERATOR_MAIN, Map.of());
      TestCluster cluster = new TestCluster(site, NAMESPACE, "demo");
      try (Timeline timeline = Timeline.follow(cluster, console::transition)) {
        Report report = play(cluster, timeline);
        write(reportFile, report);
        return report.verdict().equals(Report.RECOVERED);
      } catch (AssertionError failed) {
        console.headline("FAILED: " + failed.getMessage());
        console.step("the operator's last words:\n" + tail(operator.log()));
        return false;
      }
    }
  }

  private Report play(TestCluster cluster, Timeline timeline) {
    console.step("applying an EtcdCluster of %d, etcd %s".formatted(SIZE, version));
    cluster.startWith(
        ManifestText.cluster("demo", SIZE, version, GRACE_PERIOD, DOWN_GRACE_PERIOD), SIZE);
    Map<String, String> keys = writeKeys(cluster);
    String claim = cluster.claimUid(survivor);
    List<Integer> lost =
        TestCluster.ordinals(SIZE).stream().filter(ordinal -> ordinal != survivor).toList();
    console.step(
        "pods %s are deleted by force, with their volumes, again and again; %s is not touched"
            .formatted(lost.stream().map(cluster::pod).toList(), cluster.pod(survivor)));
    Stopwatch stopwatch;
    try (HeldDown held = HeldDown.of(cluster, lost)) {
      awaitLoss(cluster);
      stopwatch = Stopwatch.start(cluster, survivor, SIZE);
      held.awaitRebuilding(LIMIT);
      console.step("the majority is held down no longer");
    }
    cluster.awaitPhase(LIMIT, "Completed");
    cluster.awaitHealthy(SIZE, LIMIT);
    return judge(new RecoveryCheck(cluster, survivor, SIZE, keys, claim), timeline, stopwatch);
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

  private Report judge(RecoveryCheck check, Timeline timeline, Stopwatch stopwatch) {
    List<RecoveryCheck.Result> results = check.results();
    console.headline("Assertions");
    results.forEach(result -> console.result(result.holds(), result.toString()));
    boolean recovered = results.stream().allMatch(RecoveryCheck.Result::holds);
    Instant windowEnd = stopwatch.windowEnd(GRACE_PERIOD);
    long writesBack = Duration.between(windowEnd, stopwatch.writesBack()).toMillis();
    long threeVoters = Duration.between(windowEnd, stopwatch.allVoters()).toMillis();
    var loss = check.cluster().recovery().dataLoss;
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
        timeline.entries().stream()
            .filter(entry -> !entry.phase().isEmpty())
            .map(e -> new Report.PhaseEntry(e.phase(), e.at().toString(), e.reason()))
            .toList(),
        writesBack,
        threeVoters,
        check.cluster().attempts(),
        loss == null ? 0 : loss.retainedRevision,
        check.keys().size(),
        check.keysByMember(),
        check.clusterIdsOfMembers(),
        check.forceFlagLeft(),
        loss == null ? "" : loss.message);
  }

  private static void write(Path file, Report report) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), report);
    System.out.println("report: " + file);
  }

  private static String tail(String log) {
    List<String> lines = log.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }
}
