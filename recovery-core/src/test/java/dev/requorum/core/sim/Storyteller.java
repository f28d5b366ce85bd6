package dev.requorum.core.sim;

import dev.requorum.core.sim.Event.Kind;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.Strategy;
import java.util.SplittableRandom;

/** Makes a story of a seed: calm, blows that cost the quorum, and meddling while it comes back. */
final class Storyteller {

  private static final int[] SIZES = {1, 2, 3, 3, 3, 3, 3, 3, 4, 5, 5, 5};

  private final SplittableRandom chance;
  private final Draft draft;
  private final Blows blows;
  private final Scenes scenes;

  private Storyteller(long seed) {
    chance = new SplittableRandom(seed);
    Setup setup =
        new Setup(
            SIZES[chance.nextInt(SIZES.length)],
            Strategy.values()[chance.nextInt(2)],
            chance.nextInt(10) == 0 ? RecoveryWish.Mode.APPROVE : RecoveryWish.Mode.AUTOMATIC,
            true,
            chance.nextBoolean(),
            new int[] {5, 40, 100}[chance.nextInt(3)],
            chance.nextInt(4) > 0);
    draft = new Draft(chance, setup);
    blows = new Blows(draft);
    scenes = new Scenes(draft, blows);
  }

  static Story tell(long seed) {
    Storyteller teller = new Storyteller(seed);
    int acts = 1 + teller.chance.nextInt(3);
    for (int act = 0; act < acts; act++) {
      teller.act();
    }
    return new Story(seed, teller.draft.setup, teller.draft.events());
  }

  private void act() {
    draft.turns(chance.nextInt(6), 20);
    if (draft.size() > 1 && draft.onceIn(3)) {
      scenes.play();
    } else {
      blows.blow();
    }
    if (draft.onceIn(3)) {
      scenes.ambush();
    }
    draft.turns(10 + chance.nextInt(50), draft.onceIn(3) ? 0 : 10);
    if (chance.nextBoolean()) {
      draft.event(Kind.HEAL_ALL);
    }
    draft.turns(chance.nextInt(40), 10);
  }
}
