package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.BundleDirectory;
import dev.requorum.e2e.scenario.FailureBundle;
import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.scenario.ManifestText;
import dev.requorum.e2e.scenario.TestCluster;
import dev.requorum.e2e.world.WorldException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One plan, played on a cluster that is made for it, in a namespace of its own. */
final class Round {

  private static final Duration GRACE_PERIOD = Duration.ofSeconds(4);
  private static final Duration DOWN_GRACE_PERIOD = Duration.ofSeconds(8);
  private static final Duration START_LIMIT = Duration.ofMinutes(6);
  private static final Duration MOMENT_LIMIT = Duration.ofSeconds(30);
  private static final int LIMITED_MEBIBYTES = 320;
  private static final String NAME = "chaos";

  /** A fault that was struck, and after which step it ends. */
  private record Struggle(Step step, Lift lift, int until) {}

  private final LocalSite site;
  private final Plan plan;
  private final Journal journal;
  private final Path bundle;
  private final String namespace;

  /**
   * @param listener told what happens, line by line
   * @param bundles where a failed round's bundle goes, in a directory named after its seed
   */
  Round(LocalSite site, Plan plan, Consumer<String> listener, Path bundles) {
    this.site = site;
    this.plan = plan;
    this.journal = new Journal(listener);
    this.bundle = bundles.resolve("chaos-" + plan.seed());
    this.namespace = "chaos-" + Long.toHexString(plan.seed());
  }

  /** Plays it to its end; what went wrong is in the outcome, and in the bundle. */
  Outcome play() {
    site.createNamespace(namespace);
    TestCluster cluster = new TestCluster(site, namespace, NAME);
    try (Surroundings surroundings = Surroundings.of(site, plan.seed());
        KeptOperator operator = surroundings.startOperator(site, namespace)) {
      try {
        cluster.apply(manifest());
        cluster.awaitHealthy(plan.size(), START_LIMIT);
        Outcome outcome = playOn(cluster, operator, surroundings);
        if (!outcome.isFine()) {
          keepBundle(operator, outcome.violations());
        }
        return outcome;
      } catch (AssertionError | RuntimeException failure) {
        keepBundle(operator, List.of(String.valueOf(failure)));
        return new Outcome("did not end", List.of(String.valueOf(failure)));
      }
    } finally {
      cluster.delete();
      site.deleteNamespace(namespace);
    }
  }

  private String manifest() {
    String manifest =
        ManifestText.cluster(NAME, plan.size(), plan.version(), GRACE_PERIOD, DOWN_GRACE_PERIOD);
    manifest = ManifestText.with(ManifestText.with(manifest, "coolDown: 1s"), "maxAttempts: 10");
    if (plan.hasLimitedVolumes()) {
      manifest = ManifestText.onLocalVolumes(manifest, LIMITED_MEBIBYTES);
    }
    return plan.inPlace() ? ManifestText.inPlace(manifest) : manifest;
  }

  private Outcome playOn(TestCluster cluster, KeptOperator operator, Surroundings surroundings) {
    journal.note("%d members are healthy".formatted(plan.size()));
    try (Observer observer = Observer.start(site.world(), cluster, plan.size())) {
      Arena arena;
      Ending ending;
      try (Writers writers = Writers.start(site.world(), cluster, plan.size())) {
        arena =
            new Arena(
                site.world(),
                cluster,
                operator,
                surroundings,
                plan.size(),
                writers,
                observer,
                new Struck());
        strikeAll(arena);
        journal.note("all faults are over");
        ending = Ending.await(arena);
      }
      journal.note("the end: " + ending);
      List<String> violations = new ArrayList<>();
      if (ending instanceof Ending.Healthy) {
        violations.addAll(new Judgement(arena).violations());
      }
      violations.addAll(observer.violations());
      return new Outcome(summary(arena, ending), violations);
    }
  }

  private static String summary(Arena arena, Ending ending) {
    return "%s, %d of %d writes acknowledged, %d attempts, %d clusters"
        .formatted(
            ending instanceof Ending.Blocked blocked
                ? "blocked (%s)".formatted(blocked.reason())
                : "healthy",
            arena.writers().accepted(),
            arena.writers().attempts().size(),
            arena.cluster().attempts(),
            arena.observer().clusters());
  }

  private void strikeAll(Arena arena) {
    List<Struggle> lasting = new ArrayList<>();
    try {
      for (int i = 0; i < plan.steps().size(); i++) {
        Step step = plan.steps().get(i);
        awaitMoment(arena, step.moment());
        int until = i + step.overlap();
        strike(arena, step).ifPresent(lift -> lasting.add(new Struggle(step, lift, until)));
        arena.writers().awaitTries(step.tries(), step.linger());
        int now = i;
        lift(lasting, now);
      }
    } finally {
      lift(lasting, Integer.MAX_VALUE);
    }
  }

  private void awaitMoment(Arena arena, Step.Moment moment) {
    Optional<String> phase =
        switch (moment) {
          case AT_ONCE -> Optional.empty();
          case DETECTING -> Optional.of("Detecting");
          case REBUILDING -> Optional.of("Rebuilding");
          case SCALING_OUT -> Optional.of("ScalingOut");
        };
    phase.ifPresent(
        wanted -> {
          try {
            arena.cluster().awaitPhase(MOMENT_LIMIT, wanted);
          } catch (AssertionError passed) {
            journal.note("not %s within %s; going on".formatted(wanted, MOMENT_LIMIT));
          }
        });
  }

  /** Where there is nothing to strike, as a claim that was not made again yet, nothing is. */
  private Optional<Lift> strike(Arena arena, Step step) {
    journal.note("strikes: " + step);
    try {
      return Optional.of(step.fault().strike(arena, step.members()));
    } catch (WorldException nothingThere) {
      journal.note("there was nothing to strike: " + nothingThere.getMessage());
      return Optional.empty();
    }
  }

  private void lift(List<Struggle> lasting, int now) {
    for (Struggle over : List.copyOf(lasting)) {
      if (over.until() <= now) {
        lasting.remove(over);
        over.lift().lift();
        journal.note("is over: %s %s".formatted(over.step().fault(), over.step().members()));
      }
    }
  }

  private void keepBundle(KeptOperator operator, List<String> violations) {
    new FailureBundle(site, namespace, bundle).write(operator::log);
    new BundleDirectory(bundle)
        .write(
            "round.txt",
            () ->
                "SEED=%d%n%s%n%n%s%n%s%n"
                    .formatted(plan.seed(), plan, journal.text(), String.join("\n", violations)));
    journal.note("its bundle is in " + bundle);
  }
}
