package dev.requorum.e2e.crash;

import dev.requorum.e2e.scenario.RecoveryCheck;
import dev.requorum.e2e.world.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What a recovery came to, and what of that is not as it has to be.
 *
 * @param wrongs in words; empty where nothing is
 */
record Verdict(FinalState state, List<String> wrongs) {

  Verdict {
    Objects.requireNonNull(state, "state");
    wrongs = List.copyOf(wrongs);
  }

  /**
   * The first one with nothing wrong, or the last one when the limit is over: what can be looked at
   * late only, on a machine under load, is no other final state.
   */
  static Verdict onceSettled(
      Duration limit,
      Supplier<FinalState> look,
      Optional<FinalState> expected,
      Supplier<List<RecoveryCheck.Result>> checks) {
    AtomicReference<Verdict> last = new AtomicReference<>();
    try {
      return Await.untilPresent(
          "the final state",
          limit,
          () -> {
            last.set(of(look.get(), expected, checks.get()));
            return Optional.of(last.get()).filter(verdict -> verdict.wrongs().isEmpty());
          },
          last::get);
    } catch (AssertionError never) {
      return last.get();
    }
  }

  private static Verdict of(
      FinalState state, Optional<FinalState> expected, List<RecoveryCheck.Result> checks) {
    List<String> wrongs = new ArrayList<>();
    expected.ifPresent(other -> wrongs.addAll(state.differencesFrom(other)));
    checks.stream().filter(each -> !each.holds()).forEach(each -> wrongs.add(each.toString()));
    return new Verdict(state, wrongs);
  }
}
