package dev.requorum.core.sim;

import dev.requorum.core.sim.Event.Kind;
import java.util.ArrayList;
import java.util.List;

/** What costs a cluster its quorum in one go: a majority is lost, or cut off. */
final class Blows {

  private final Draft draft;

  Blows(Draft draft) {
    this.draft = draft;
  }

  /** Each member of a majority is lost in some way, now and then all in the same; or cut off. */
  void blow() {
    List<Integer> victims = victims();
    if (draft.onceIn(5)) {
      partition(victims);
      return;
    }
    if (draft.onceIn(3)) {
      stagger();
    }
    if (draft.onceIn(4)) {
      int way = draft.chance.nextInt(10);
      victims.forEach(victim -> harm(victim, way));
      return;
    }
    for (int victim : victims) {
      harm(victim);
      draft.turns(draft.chance.nextInt(3), 0);
    }
  }

  /** A majority, or one more. */
  List<Integer> victims() {
    int count = Math.min(draft.size(), draft.fewest() + draft.chance.nextInt(2));
    List<Integer> victims = new ArrayList<>();
    while (victims.size() < count) {
      int next = draft.member();
      if (!victims.contains(next)) {
        victims.add(next);
      }
    }
    return victims;
  }

  /** One member misses the last writes, and is let in again. */
  private void stagger() {
    draft.event(Kind.PARTITION, 1 << draft.member());
    draft.turns(2 + draft.chance.nextInt(8), 5);
    draft.event(Kind.HEAL_ALL);
  }

  private void partition(List<Integer> victims) {
    int set = set(victims);
    set |= draft.onceIn(4) ? 1 << Net.API : 0;
    set |= draft.onceIn(4) ? 1 << Net.OPERATOR_B : 0;
    draft.event(Kind.PARTITION, set);
  }

  static int set(List<Integer> members) {
    int set = 0;
    for (int member : members) {
      set |= 1 << member;
    }
    return set;
  }

  void harm(int victim) {
    harm(victim, draft.chance.nextInt(10));
  }

  /**
   * One is lost.
   *
   * @param way from 0 to 9
   */
  private void harm(int victim, int way) {
    switch (way) {
      case 0, 1, 2 -> draft.event(Kind.LOSE_VOLUME, victim);
      case 3, 4 -> draft.event(Kind.BREAK, victim);
      case 5 -> draft.event(Kind.POWER_OFF, victim);
      case 6 -> draft.event(Kind.DELETE_NODE, victim);
      case 7 -> draft.event(Kind.OUT_OF_SERVICE, victim);
      case 8 -> draft.event(Kind.PARTITION, 1 << victim);
      default -> draft.event(Kind.HANG, victim);
    }
  }
}
