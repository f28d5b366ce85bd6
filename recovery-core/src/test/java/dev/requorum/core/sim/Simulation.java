package dev.requorum.core.sim;

import java.util.ArrayList;
import java.util.List;

/** Plays one story: a healthy cluster, all that happens to it, and what becomes of it then. */
final class Simulation {

  private static final int TURNS_TO_BEGIN = 60;

  /**
   * What came of a story.
   *
   * @param violations what must never be, the first one first; empty where all went well
   */
  record Outcome(List<String> violations, Coverage coverage, List<String> told) {

    boolean failed() {
      return !violations.isEmpty();
    }
  }

  private final Story story;
  private final World world;
  private final OperatorProcess[] operators;
  private final Happenings happenings;

  private Simulation(Story story, boolean tells) {
    this.story = story;
    this.world = new World(story.setup(), story.seed(), new Narrator(tells));
    this.operators = OperatorProcess.pair(world);
    this.happenings = new Happenings(world, operators);
    this.world.keepsLooks =
        story.events().stream().anyMatch(event -> event.kind() == Event.Kind.STALE_LOOKS);
  }

  static Outcome play(Story story, boolean tells) {
    return new Simulation(story, tells).play();
  }

  private Outcome play() {
    world.coverage.stories = 1;
    begin();
    int number = 0;
    for (Event event : story.events()) {
      if (!world.ledger.violations().isEmpty()) {
        break;
      }
      world.narrator.line("%4d %s", ++number, event.inWords());
      happenings.happen(event);
    }
    if (world.ledger.violations().isEmpty()) {
      new Finale(world, operators, happenings).play();
    }
    world.coverage.acknowledged = world.ledger.acknowledged();
    List<String> violations = new ArrayList<>(world.ledger.violations());
    violations.forEach(what -> world.narrator.line("WRONG: %s", what));
    return new Outcome(violations, world.coverage, world.narrator.lines());
  }

  private void begin() {
    Narrator narrator = world.narrator;
    narrator.line("%s", story.setup().inWords());
    for (int turn = 0; turn < TURNS_TO_BEGIN && !isSteady(); turn++) {
      world.pass(operators[0].turn().toMillis());
    }
    operators[0].turn();
    if (!isSteady()) {
      world.ledger.disaster(
          "a new cluster was not steady after %d turns".formatted(TURNS_TO_BEGIN));
    }
  }

  private boolean isSteady() {
    return world.isWhole() && world.records.newest().lastKnown().bootstrapped();
  }
}
