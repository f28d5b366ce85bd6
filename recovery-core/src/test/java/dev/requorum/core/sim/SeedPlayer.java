package dev.requorum.core.sim;

import java.util.function.LongFunction;

/** Plays one seed: what is wrong first, or nothing. For whoever loads the simulator anew. */
public final class SeedPlayer implements LongFunction<String> {

  /** Nothing is kept between two seeds. */
  public SeedPlayer() {}

  @Override
  public String apply(long seed) {
    try {
      Simulation.Outcome outcome = Simulation.play(Storyteller.tell(seed), false);
      return outcome.failed() ? outcome.violations().get(0) : "";
    } catch (RuntimeException bug) {
      return "it throws " + bug;
    }
  }
}
