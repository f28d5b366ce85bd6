package dev.requorum.e2e.bench;

import dev.requorum.e2e.scenario.Site;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.Binaries;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * {@code make bench}: the bare floor and the operator, turn by turn in one run, on one machine.
 * Runs inside a local world.
 */
public final class Bench {

  private static final String NAMESPACE = "bench";

  private final BenchSettings settings;
  private final Aims aims = new Aims();
  private final List<Timing> floor = new ArrayList<>();
  private final List<Timing> ours = new ArrayList<>();

  private Bench(BenchSettings settings) {
    this.settings = settings;
  }

  /**
   * @param args none; {@code $RUNS} (default 5) and {@code $ETCD_VERSION} set it
   */
  public static void main(String[] args) throws IOException {
    new Bench(BenchSettings.of(5)).run();
    System.exit(0);
  }

  private void run() throws IOException {
    try (Site site = Site.open(() -> World.start(WorldOptions.defaults()))) {
      String namespace = site.createNamespace(NAMESPACE);
      site.operator(namespace);
      RecoveryRun run = new RecoveryRun(settings.version());
      for (int i = 1; i <= settings.runs(); i++) {
        floor.add(bareFloor());
        ours.add(run.of(new TestCluster(site, namespace, "run-" + i), () -> {}));
        System.out.printf(
            "run %d of %d: bare floor %s, operator %s%n",
            i, settings.runs(), floor.get(i - 1), ours.get(i - 1));
      }
    }
    print();
  }

  private Timing bareFloor() throws IOException {
    Path binary = Binaries.fromEnvironment().path("etcd", settings.version());
    Path directory = Files.createTempDirectory("bare-floor");
    try (BareFloor bare = new BareFloor(binary, directory)) {
      return bare.run();
    } finally {
      Files.delete(directory);
    }
  }

  private void print() {
    System.out.printf(
        "%n%-34s %9s %9s %9s%n", "etcd " + settings.version(), "min", "median", "max");
    compare("writes accepted again", Timing::writesBack, 8_000);
    compare("three voters", Timing::allVoters, 20_000);
    System.out.println(aims);
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
        aims.verdict(what + ", ratio", ratio <= 2.0),
        aimMillis / 1000,
        aims.verdict(what + ", median", operator.median() <= aimMillis));
  }
}
