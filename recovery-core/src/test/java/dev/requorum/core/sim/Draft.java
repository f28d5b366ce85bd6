package dev.requorum.core.sim;

import dev.requorum.core.sim.Event.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The events of a story that is being made up, and the chance that all of it follows from. */
final class Draft {

  final SplittableRandom chance;
  final Setup setup;
  private final List<Event> events = new ArrayList<>();
  private final Meddling meddling;

  Draft(SplittableRandom chance, Setup setup) {
    this.chance = chance;
    this.setup = setup;
    this.meddling = new Meddling(this);
  }

  List<Event> events() {
    return events;
  }

  void event(Kind kind) {
    events.add(Event.of(kind));
  }

  void event(Kind kind, int a) {
    events.add(Event.of(kind, a));
  }

  void event(Kind kind, int a, int b, int c) {
    events.add(Event.of(kind, a, b, c));
  }

  /** True once in so many times. */
  boolean onceIn(int times) {
    return chance.nextInt(times) == 0;
  }

  int size() {
    return setup.size();
  }

  int member() {
    return chance.nextInt(size());
  }

  /** So many members, none twice, and not this one; as many as there are at most. */
  List<Integer> others(int but, int count) {
    List<Integer> some = new ArrayList<>();
    while (some.size() < Math.min(count, size() - 1)) {
      int next = member();
      if (next != but && !some.contains(next)) {
        some.add(next);
      }
    }
    return some;
  }

  /** How few have to be lost for the quorum to be lost. */
  int fewest() {
    return size() - size() / 2;
  }

  /** Turns of operators, of which so many in a hundred come with something else. */
  void turns(int count, int meddlingPercent) {
    int active = onceIn(10) ? 1 : 0;
    for (int i = 0; i < count; i++) {
      if (chance.nextInt(100) < meddlingPercent) {
        meddling.meddle();
      }
      if (onceIn(30)) {
        active = 1 - active;
      }
      event(Kind.TURN, active);
    }
  }
}
