package dev.requorum.e2e.bench;

import dev.requorum.e2e.scenario.ClusterSite;
import dev.requorum.e2e.scenario.OperatorHandle;
import dev.requorum.e2e.scenario.Site;
import dev.requorum.e2e.scenario.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * {@code make bench CLUSTER=1}: recoveries on the cluster that {@code $KUBECONFIG} names, by the
 * operator that is installed there: one left alone and one whose operator's pod is deleted in the
 * middle, turn by turn.
 */
public final class ClusterBench {

  private static final String NAMESPACE = "bench";
  private static final String OPERATOR_NAMESPACE = "requorum";

  private final BenchSettings settings;
  private final Aims aims = new Aims();
  private final List<Timing> leftAlone = new ArrayList<>();
  private final List<Timing> restarted = new ArrayList<>();

  private ClusterBench(BenchSettings settings) {
    this.settings = settings;
  }

  /**
   * @param args none; {@code $RUNS} (default 3) and {@code $ETCD_VERSION} set it
   */
  public static void main(String[] args) {
    new ClusterBench(BenchSettings.of(3)).run();
    System.exit(0);
  }

  private void run() {
    try (Site site = ClusterSite.open()) {
      String namespace = site.createNamespace(NAMESPACE);
      OperatorHandle operator = site.operator(namespace);
      RecoveryRun run = new RecoveryRun(settings.version());
      for (int i = 1; i <= settings.runs(); i++) {
        leftAlone.add(run.of(new TestCluster(site, namespace, "run-" + i), () -> {}));
        restarted.add(
            run.of(new TestCluster(site, namespace, "restart-" + i), () -> operator.replace()));
        System.out.printf(
            "run %d of %d: %s, with an operator's restart %s%n",
            i, settings.runs(), leftAlone.get(i - 1), restarted.get(i - 1));
      }
      new TestCluster(site, namespace, "looked-at").startWith(run.manifest("looked-at"), 3);
      OperatorFootprint footprint = new OperatorFootprint(site.client(), OPERATOR_NAMESPACE);
      for (int i = 1; i <= settings.runs(); i++) {
        footprint.measure();
        System.out.printf("start %d of %d: %s%n", i, settings.runs(), footprint);
      }
      site.deleteNamespace(namespace);
      print();
      System.out.println(footprint.summary());
    }
  }

  private void print() {
    System.out.printf(
        "%n%-34s %9s %9s %9s%n", "etcd " + settings.version(), "min", "median", "max");
    Figures writes = figures("writes accepted again", leftAlone, Timing::writesBack);
    Figures voters = figures("three voters", leftAlone, Timing::allVoters);
    Figures late = figures("three voters, operator restarted", restarted, Timing::allVoters);
    System.out.println(writes);
    System.out.println(voters);
    System.out.println(late);
    aim("writes accepted again, median", writes.median(), 12_000);
    aim("three voters, median", voters.median(), 40_000);
    aim("added by the restart, medians", late.median() - voters.median(), 15_000);
    System.out.println(aims);
  }

  private static Figures figures(String what, List<Timing> runs, ToLongFunction<Timing> figure) {
    return new Figures(what, runs.stream().map(figure::applyAsLong).toList());
  }

  private void aim(String what, long millis, long limitMillis) {
    System.out.printf(
        Locale.ROOT,
        "%-34s %7.1f s   aim: at most %d s %s%n",
        what,
        millis / 1000.0,
        limitMillis / 1000,
        aims.verdict(what, millis <= limitMillis));
  }
}
