package dev.requorum.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.CommitSeed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One round of those of {@code make chaos SHORT=1}, another with each commit. */
@DisplayName("A short round of faults")
class ChaosRoundTest {

  private static final Path BUNDLES = Path.of("target", "bundle", "chaos").toAbsolutePath();

  @RegisterExtension static final LocalSiteExtension SITE = new LocalSiteExtension();

  @Test
  @DisplayName("leaves a healthy cluster, one cluster id, and no loss but what was reported")
  void leavesNothingWrong() {
    List<Fault> missing =
        Arrays.stream(Fault.values()).filter(fault -> fault.missing().isPresent()).toList();
    long seed = CommitSeed.seed();
    Plan plan = Plan.shortOne(seed).without(missing);
    System.out.printf("a short round of chaos: SHORT=1 SEED=%d, %s%n", seed, plan);
    Outcome outcome = new Round(SITE.site(), plan, System.out::println, BUNDLES).play();
    assertThat(outcome.violations())
        .as("make chaos SHORT=1 SEED=%d plays it again: %s", seed, outcome.summary())
        .isEmpty();
  }
}
