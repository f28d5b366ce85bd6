package dev.requorum.core.sim;

import dev.requorum.core.sim.Event.Kind;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes a story of a seed: calm, blows that cost the quorum, and meddling while it comes back. */
final class Storyteller {

  private static final int[] SIZES = {1, 2, 3, 3, 3, 3, 3, 3, 4, 5, 5, 5};

  private final SplittableRandom chance;
  private final List<Event> events = new ArrayList<>();
  private final Setup setup;
  private final long seed;

  private Storyteller(long seed) {
    this.seed = seed;
    chance = new SplittableRandom(seed);
    setup =
        new Setup(
            SIZES[chance.nextInt(SIZES.length)],
            Strategy.values()[chance.nextInt(2)],
            chance.nextInt(10) == 0 ? RecoveryWish.Mode.APPROVE : RecoveryWish.Mode.AUTOMATIC,
            true,
            chance.nextBoolean(),
            new int[] {5, 40, 100}[chance.nextInt(3)],
            chance.nextInt(4) > 0);
  }

  static Story tell(long seed) {
    Storyteller teller = new Storyteller(seed);
    int acts = 1 + teller.chance.nextInt(3);
    for (int act = 0; act < acts; act++) {
      teller.act();
    }
    return new Story(seed, teller.setup, teller.events);
  }

  private void act() {
    turns(chance.nextInt(6), 20);
    blow();
    turns(10 + chance.nextInt(50), chance.nextInt(3) == 0 ? 0 : 10);
    if (chance.nextBoolean()) {
      event(Kind.HEAL_ALL);
    }
    turns(chance.nextInt(40), 10);
  }

  private void event(Kind kind) {
    events.add(Event.of(kind));
  }

  private void event(Kind kind, int a) {
    events.add(Event.of(kind, a));
  }

  private int member() {
    return chance.nextInt(setup.size());
  }

  /** Turns of operators, of which so many in a hundred come with something else. */
  private void turns(int count, int meddling) {
    int active = chance.nextInt(10) == 0 ? 1 : 0;
    for (int i = 0; i < count; i++) {
      if (chance.nextInt(100) < meddling) {
        meddle();
      }
      if (chance.nextInt(30) == 0) {
        active = 1 - active;
      }
      event(Kind.TURN, active);
    }
  }

  /** A majority is lost, each member of it in some way, or cut off. */
  private void blow() {
    int size = setup.size();
    int majority = size / 2 + 1;
    List<Integer> victims = new ArrayList<>();
    while (victims.size() < Math.min(size, size - majority + 1 + chance.nextInt(2))) {
      int next = member();
      if (!victims.contains(next)) {
        victims.add(next);
      }
    }
    if (chance.nextInt(5) == 0) {
      partition(victims);
      return;
    }
    if (chance.nextInt(3) == 0) {
      stagger(size);
    }
    for (int victim : victims) {
      harm(victim);
      turns(chance.nextInt(3), 0);
    }
  }

  /** One member misses the last writes. */
  private void stagger(int size) {
    int one = chance.nextInt(size);
    events.add(Event.of(Kind.PARTITION, 1 << one));
    turns(2 + chance.nextInt(8), 5);
    event(Kind.HEAL_ALL);
  }

  private void partition(List<Integer> victims) {
    int set = 0;
    for (int victim : victims) {
      set |= 1 << victim;
    }
    set |= chance.nextInt(4) == 0 ? 1 << Net.API : 0;
    set |= chance.nextInt(4) == 0 ? 1 << Net.OPERATOR_B : 0;
    event(Kind.PARTITION, set);
  }

  private void harm(int victim) {
    switch (chance.nextInt(10)) {
      case 0, 1, 2 -> event(Kind.LOSE_VOLUME, victim);
      case 3, 4 -> event(Kind.BREAK, victim);
      case 5 -> event(Kind.POWER_OFF, victim);
      case 6 -> event(Kind.DELETE_NODE, victim);
      case 7 -> event(Kind.OUT_OF_SERVICE, victim);
      case 8 -> event(Kind.PARTITION, 1 << victim);
      default -> event(Kind.HANG, victim);
    }
  }

  private void meddle() {
    int m = member();
    switch (chance.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> interrupt();
      case 9 -> event(Kind.WAIT, 1 + chance.nextInt(15));
      case 10 -> events.add(Event.of(Kind.CLOCK, chance.nextInt(2), chance.nextInt(121) - 60, 0));
      case 11 ->
          events.add(
              Event.of(
                  Kind.STALE_LOOKS,
                  chance.nextInt(2),
                  1 + chance.nextInt(World.STALEST),
                  1 + chance.nextInt(4)));
      case 12 -> events.add(Event.of(Kind.CUT, place(), place(), 0));
      case 13 -> events.add(Event.of(Kind.CUT_ONE_WAY, place(), place(), 0));
      case 14 -> events.add(Event.of(Kind.HEAL, place(), place(), 0));
      case 15, 16 -> event(Kind.HEAL_ALL);
      case 17 -> event(Kind.PARTITION, 1 << m);
      case 18, 19 -> event(Kind.KILL, m);
      case 20 -> event(Kind.BREAK, m);
      case 21, 22 -> event(Kind.MEND, m);
      case 23 -> event(chance.nextBoolean() ? Kind.HANG : Kind.WAKE, m);
      case 24 -> event(chance.nextBoolean() ? Kind.SLOW : Kind.FAST, m);
      case 25 -> event(chance.nextInt(3) == 0 ? Kind.CORRUPT : Kind.WRITE, m);
      case 26 -> event(chance.nextInt(3) == 0 ? Kind.FOREIGN : Kind.WRITE, m);
      case 27 -> event(Kind.POWER_OFF, m);
      case 28, 29 -> event(Kind.POWER_ON, m);
      case 30 -> event(chance.nextBoolean() ? Kind.DELETE_NODE : Kind.OUT_OF_SERVICE, m);
      case 31 -> event(Kind.LOSE_VOLUME, m);
      case 32 -> event(Kind.DOOM_VOLUME, m);
      case 33 -> event(Kind.DELETE_POD, m);
      case 34 -> event(Kind.FORCE_DELETE_POD, m);
      case 35 -> event(chance.nextBoolean() ? Kind.HIDE : Kind.SHOW, chance.nextInt(5));
      case 36 -> copies();
      case 37 -> event(Kind.KILL_RESTORES, 1 + chance.nextInt(2));
      case 38 -> rare();
      default -> event(chance.nextBoolean() ? Kind.ACKNOWLEDGE : Kind.APPROVE);
    }
  }

  private void copies() {
    if (chance.nextInt(4) == 0) {
      event(Kind.LOSE_COPIES);
    } else {
      event(Kind.HIDE_COPIES, chance.nextInt(2));
    }
  }

  private void rare() {
    switch (chance.nextInt(3)) {
      case 0 -> event(Kind.DELETE_RESTORE);
      case 1 -> event(Kind.EDIT_TEMPLATE, 1 + chance.nextInt(2));
      default -> event(Kind.RESIZE, 1 + chance.nextInt(5));
    }
  }

  private int place() {
    int place = chance.nextInt(setup.size() + 3);
    return place < setup.size() ? place : Net.OPERATOR_A + place - setup.size();
  }

  /** Mostly where something is stored or done. */
  private void interrupt() {
    int[] calls = {0, 1, 2, 3, 3, 3, 4, 4, 4, 4, 5};
    events.add(
        Event.of(
            Kind.INTERRUPT,
            chance.nextInt(8) == 0 ? 1 : 0,
            calls[chance.nextInt(calls.length)],
            chance.nextInt(16 * 6)));
  }
}
