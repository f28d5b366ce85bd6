package dev.requorum.e2e.histories;

import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.scenario.OperatorHandle;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code make histories}: so many histories, with consecutive seeds, in one local world. Exits with
 * 0 only where all hold.
 */
public final class Histories {

  private static final String NAMESPACE = "histories";
  private static final Path DIRECTORY = Path.of("target", "histories");

  private final LocalSite site;
  private final OperatorHandle operator;
  private final HistoryChecker checker = HistoryChecker.fromEnvironment();

  private Histories(LocalSite site) {
    this.site = site;
    this.operator = site.operator(site.createNamespace(NAMESPACE));
  }

  /**
   * @param args none; {@code $N} says how many (default 20), {@code $SEED} the first seed (default:
   *     the time), {@code $AT_ONCE} how many at once (default 2), {@code $KEEP=1} keeps the
   *     histories that hold too
   */
  public static void main(String[] args) {
    int number = (int) setting("N", 20);
    long first = setting("SEED", System.currentTimeMillis() / 1000);
    System.out.printf("%d histories, seeds %d to %d%n", number, first, first + number - 1);
    boolean allHold;
    try (LocalSite site =
        LocalSite.in(
            World.start(
                WorldOptions.defaults()
                    .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(4))))) {
      allHold = new Histories(site).play(number, first, (int) setting("AT_ONCE", 2));
    }
    System.exit(allHold ? 0 : 1);
  }

  private static long setting(String name, long otherwise) {
    String value = Optional.ofNullable(System.getenv(name)).orElse("");
    if (value.isBlank()) {
      return otherwise;
    }
    if (!value.matches("[1-9][0-9]{0,14}")) {
      System.err.println(name + " must be a number from 1 on, not '" + value + "'");
      System.exit(2);
    }
    return Long.parseLong(value);
  }

  private boolean play(int number, long first, int atOnce) {
    ExecutorService lanes = Executors.newFixedThreadPool(atOnce);
    List<Future<Optional<Verdict>>> runs = new ArrayList<>();
    for (long seed = first; seed < first + number; seed++) {
      HistoryPlan plan = HistoryPlan.of(seed);
      runs.add(lanes.submit(() -> play(plan)));
    }
    lanes.shutdown();
    List<Verdict> verdicts = new ArrayList<>();
    for (Future<Optional<Verdict>> run : runs) {
      result(run).ifPresent(verdicts::add);
    }
    Summary summary = new Summary(number, verdicts);
    System.out.println(summary);
    return summary.allHold();
  }

  private static Optional<Verdict> result(Future<Optional<Verdict>> run) {
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a history could not be played", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while histories are played", e);
    }
  }

  /** Empty where there is no verdict. */
  private Optional<Verdict> play(HistoryPlan plan) {
    HistoryRun run = new HistoryRun(site, NAMESPACE, plan);
    HistoryBundle bundle = new HistoryBundle(DIRECTORY, plan, run.cluster(), operator::log);
    System.out.printf("seed %d: %s%n", plan.seed(), plan);
    try {
      Verdict verdict = run.play(checker, bundle.history());
      System.out.printf("seed %d: %s%n", plan.seed(), verdict);
      if (verdict.holds()) {
        done(bundle);
      } else {
        bundle.keep(verdict.failures().toString());
        verdict.failures().forEach(System.out::println);
        System.out.printf("seed %d: its bundle is in %s%n", plan.seed(), bundle.directory());
      }
      run.clear();
      return Optional.of(verdict);
    } catch (RuntimeException | AssertionError failure) {
      bundle.keep(failure.toString());
      System.out.printf(
          "seed %d: NO VERDICT: %s%nseed %d: its bundle is in %s%n",
          plan.seed(), firstLine(failure), plan.seed(), bundle.directory());
      return Optional.empty();
    }
  }

  private static void done(HistoryBundle bundle) {
    if (setting("KEEP", 0) == 0) {
      bundle.discard();
    }
  }

  private static String firstLine(Throwable failure) {
    return failure.toString().lines().findFirst().orElse("");
  }

  /**
   * All runs together.
   *
   * @param number how many there were to be
   */
  private record Summary(int number, List<Verdict> verdicts) {

    boolean allHold() {
      return verdicts.size() == number && verdicts.stream().allMatch(Verdict::holds);
    }

    @Override
    public String toString() {
      long operations =
          verdicts.stream().mapToLong(v -> (long) v.ok() + v.failed() + v.unknown()).sum();
      long lost = verdicts.stream().mapToLong(Verdict::lost).sum();
      long withLoss = verdicts.stream().filter(v -> v.lost() > 0).count();
      long bounded = verdicts.stream().filter(v -> v.lostRevisionsAtMost().isPresent()).count();
      return ("%d of %d histories hold; %d operations, %d acknowledged writes lost in %d of them;"
              + " the account knew an upper bound in %d")
          .formatted(
              verdicts.stream().filter(Verdict::holds).count(),
              number,
              operations,
              lost,
              withLoss,
              bounded);
    }
  }
}
