package dev.requorum.e2e.chaos;

import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * {@code make chaos}: rounds until the time is up, or the one round of a seed. Runs inside a local
 * world. Exits with 0 only where no round found anything.
 */
public final class Chaos {

  private static final Path BUNDLES = Path.of("target", "bundle", "chaos").toAbsolutePath();
  private static final Duration BACK_OFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(4);

  private final LocalSite site;
  private final List<Long> failed = new ArrayList<>();
  private final List<Fault> leftOut;
  private final boolean isShort = number("SHORT").isPresent();
  private int rounds;

  private Chaos(LocalSite site) {
    this.site = site;
    this.leftOut = leftOut();
  }

  /**
   * @param args none; {@code $SEED} plays the plan of that seed once, otherwise {@code $MINUTES}
   *     (default 10) says for how long new rounds are begun; with {@code $SHORT} they are short, as
   *     in the tests
   */
  public static void main(String[] args) {
    Optional<Long> seed = number("SEED");
    long minutes = number("MINUTES").orElse(10L);
    boolean fine;
    WorldOptions options = WorldOptions.defaults().withBackOff(BACK_OFF, LONGEST_BACK_OFF);
    try (LocalSite site = LocalSite.in(World.start(options))) {
      Chaos chaos = new Chaos(site);
      seed.ifPresentOrElse(chaos::play, () -> chaos.playFor(Duration.ofMinutes(minutes)));
      fine = chaos.report();
    }
    System.exit(fine ? 0 : 1);
  }

  private static Optional<Long> number(String name) {
    Optional<String> value =
        Optional.ofNullable(System.getenv(name)).filter(text -> !text.isBlank());
    try {
      return value.map(Long::parseLong);
    } catch (NumberFormatException e) {
      System.err.printf("%s must be a whole number, not '%s'%n", name, value.orElseThrow());
      System.exit(2);
      throw e;
    }
  }

  private static List<Fault> leftOut() {
    List<Fault> leftOut = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      fault
          .missing()
          .ifPresent(
              what -> {
                System.out.printf("LEFT OUT of all plans: %s, for %s%n", fault, what);
                leftOut.add(fault);
              });
    }
    return leftOut;
  }

  private void playFor(Duration time) {
    Instant end = Instant.now().plus(time);
    Random seeds = new Random();
    while (Instant.now().isBefore(end)) {
      play(seeds.nextInt(Integer.MAX_VALUE));
    }
  }

  private void play(long seed) {
    Plan plan = (isShort ? Plan.shortOne(seed) : Plan.of(seed)).without(leftOut);
    System.out.printf("round %d: SEED=%d, %s%n", ++rounds, seed, plan);
    Outcome outcome = new Round(site, plan, System.out::println, BUNDLES).play();
    outcome.violations().forEach(violation -> System.out.println("VIOLATION " + violation));
    System.out.printf("round %d: SEED=%d %s%n%n", rounds, seed, outcome.summary());
    if (!outcome.isFine()) {
      failed.add(seed);
    }
  }

  private boolean report() {
    System.out.printf(
        "chaos: %d rounds, %d failed%s%n",
        rounds, failed.size(), failed.isEmpty() ? "" : "; play them again with SEED=" + failed);
    return failed.isEmpty();
  }
}
