package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.histories.CheckerThere;
import dev.requorum.e2e.histories.HistoryBundle;
import dev.requorum.e2e.histories.HistoryChecker;
import dev.requorum.e2e.histories.HistoryPlan;
import dev.requorum.e2e.histories.HistoryRun;
import dev.requorum.e2e.histories.Verdict;
import dev.requorum.ports.CommitSeed;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One history, another one for each commit; {@code make histories} plays many. */
@DisplayName("Clients that write and read through the loss and the recovery")
class HistoryTest {

  @RegisterExtension static final Stage STAGE = Stage.named("histories");

  private static final Path BUNDLES = Path.of("target", "bundle", "histories");

  @Test
  @DisplayName(
      "see one register for each key before and after, and what was acknowledged is there or within the account (S20)")
  @Tag("S20")
  void hold() {
    HistoryChecker checker = CheckerThere.orAbort();
    HistoryPlan plan = HistoryPlan.of(CommitSeed.seed());
    System.out.printf("history: SEED=%d: %s%n", plan.seed(), plan);
    HistoryRun run = new HistoryRun((LocalSite) STAGE.site(), STAGE.namespace(), plan);
    HistoryBundle bundle = new HistoryBundle(BUNDLES, plan, run.cluster(), STAGE.operator()::log);
    Verdict verdict;
    try {
      verdict = run.play(checker, bundle.history());
    } catch (RuntimeException | AssertionError failure) {
      bundle.keep(failure.toString());
      throw failure;
    }
    System.out.printf("history: SEED=%d: %s%n", plan.seed(), verdict);
    if (!verdict.holds()) {
      bundle.keep(verdict.failures().toString());
    }
    assertThat(verdict.failures())
        .as("make histories N=1 SEED=%d; %s", plan.seed(), bundle.directory())
        .isEmpty();
    bundle.discard();
  }
}
