package dev.requorum.e2e.bench;

import dev.requorum.e2e.scenario.HeldDown;
import dev.requorum.e2e.scenario.ManifestText;
import dev.requorum.e2e.scenario.Site;
import dev.requorum.e2e.scenario.Stopwatch;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Binaries;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * {@code make bench}: the bare floor and the operator, turn by turn in one run, on one machine.
 * Runs inside a local world.
 */
public final class Bench {

  private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String NAMESPACE = "bench";
  private static final int SURVIVOR = 1;

  private final String version;
  private final int runs;
  private final List<Timing> floor = new ArrayList<>();
  private final List<Timing> ours = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  private Bench(String version, int runs) {
    this.version = version;
    this.runs = runs;
  }

  /**
   * @param args none; {@code $RUNS} (default 5) and {@code $ETCD_VERSION} set it
   */
  public static void main(String[] args) throws IOException {
    String version = Optional.ofNullable(System.getenv("ETCD_VERSION")).orElse("3.6.16");
    new Bench(version, numberOfRuns()).run();
    System.exit(0);
  }

  private static int numberOfRuns() {
    String value = Optional.ofNullable(System.getenv("RUNS")).orElse("5");
    if (!value.matches("[1-9][0-9]?")) {
      System.err.println("RUNS must be a number from 1 to 99, not '" + value + "'");
      System.exit(2);
    }
    return Integer.parseInt(value);
  }

  private void run() throws IOException {
    try (Site site = Site.open(() -> World.start(WorldOptions.defaults()))) {
      String namespace = site.createNamespace(NAMESPACE);
      site.operator(namespace);
      for (int i = 1; i <= runs; i++) {
        floor.add(bareFloor());
        ours.add(operator(new TestCluster(site, namespace, "run-" + i)));
        System.out.printf(
            "run %d of %d: bare floor %s, operator %s%n",
            i, runs, floor.get(i - 1), ours.get(i - 1));
      }
    }
    print();
  }

  private Timing bareFloor() throws IOException {
    Path binary = Binaries.fromEnvironment().path("etcd", version);
    Path directory = Files.createTempDirectory("bare-floor");
    try (BareFloor bare = new BareFloor(binary, directory)) {
      return bare.run();
    } finally {
      Files.delete(directory);
    }
  }

  private Timing operator(TestCluster cluster) {
    cluster.startWith(
        ManifestText.cluster(cluster.name(), 3, version, GRACE_PERIOD, Duration.ofMinutes(1)), 3);
    cluster.put(SURVIVOR, "key", "value");
    Stopwatch stopwatch;
    try (HeldDown held = HeldDown.of(cluster, List.of(0, 2))) {
      cluster.awaitPhase(LIMIT, "Detecting", "Rebuilding");
      stopwatch = Stopwatch.start(cluster, SURVIVOR, 3);
      held.awaitRebuilding(LIMIT);
    }
    cluster.awaitPhase(LIMIT, "Completed");
    Instant windowEnd = stopwatch.windowEnd(GRACE_PERIOD);
    Timing timing =
        new Timing(
            Duration.between(windowEnd, stopwatch.writesBack()).toMillis(),
            Duration.between(windowEnd, stopwatch.allVoters()).toMillis());
    cluster.delete();
    return timing;
  }

  private void print() {
    System.out.printf("%n%-34s %9s %9s %9s%n", "etcd " + version, "min", "median", "max");
    compare("writes accepted again", Timing::writesBack, 8_000);
    compare("three voters", Timing::allVoters, 20_000);
    System.out.println(
        missed.isEmpty()
            ? "all of these aims are met"
            : "AIMS MISSED: " + String.join("; ", missed));
  }

  private void compare(String what, ToLongFunction<Timing> figure, long aimMillis) {
    Figures bare =
        new Figures("bare floor, " + what, floor.stream().map(t -> figure.applyAsLong(t)).toList());
    Figures operator =
        new Figures("operator, " + what, ours.stream().map(t -> figure.applyAsLong(t)).toList());
    double ratio = (double) operator.median() / bare.median();
    System.out.println(bare);
    System.out.println(operator);
    System.out.printf(
        Locale.ROOT,
        "%-34s %19.2f   aims: ratio <= 2.00 %s, median <= %d s %s%n",
        "ratio of the medians",
        ratio,
        verdict(what + ", ratio", ratio <= 2.0),
        aimMillis / 1000,
        verdict(what + ", median", operator.median() <= aimMillis));
  }

  private String verdict(String aim, boolean met) {
    if (!met) {
      missed.add(aim);
    }
    return met ? "(met)" : "(MISSED)";
  }
}
