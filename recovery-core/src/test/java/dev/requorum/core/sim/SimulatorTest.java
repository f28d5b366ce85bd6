package dev.requorum.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.CommitSeed;
import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A share of what {@code make sim} plays, with other seeds for each commit. */
@DisplayName("The simulator")
class SimulatorTest {

  private static final int SEEDS = 300;

  @Test
  @DisplayName("finds nothing wrong in the stories of these seeds, and they are worth playing")
  void firstStories() {
    long from = CommitSeed.seed();
    System.out.printf("sim: %d stories from seed %d on (SEED)%n", SEEDS, from);
    Simulator played = Simulator.play(from, SEEDS);
    System.out.print(played.coverage().inWords());

    assertThat(played.failures()).as(() -> story(played.failures())).isEmpty();
    assertThat(
            List.of(
                played.coverage().of("recoveries completed"),
                played.coverage().of("members forced"),
                played.coverage().of("restores"),
                played.coverage().of("deaths of an operator"),
                played.coverage().of("lost updates of the record")))
        .as("what happened in them")
        .allMatch(times -> times > 0);
  }

  private static String story(NavigableMap<Long, String> failures) {
    return failures.isEmpty()
        ? "no failure"
        : String.join("\n", Simulator.shortened(failures.firstKey()));
  }

  @Test
  @DisplayName("plays a seed again exactly")
  void again() {
    Story story = Storyteller.tell(42);

    assertThat(Simulation.play(story, true).told())
        .isEqualTo(Simulation.play(Storyteller.tell(42), true).told())
        .hasSizeGreaterThan(50);
  }
}
