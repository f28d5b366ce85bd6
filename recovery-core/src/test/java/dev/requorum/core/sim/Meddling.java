package dev.requorum.core.sim;

import dev.requorum.core.sim.Event.Kind;

/** What else may happen at any time: to operators, network, members, Kubernetes, and by humans. */
final class Meddling {

  private final Draft draft;

  Meddling(Draft draft) {
    this.draft = draft;
  }

  /** One thing. */
  void meddle() {
    int m = draft.member();
    switch (draft.chance.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> interrupt();
      case 9 -> draft.event(Kind.WAIT, 1 + draft.chance.nextInt(15));
      case 10 ->
          draft.event(Kind.CLOCK, draft.chance.nextInt(2), draft.chance.nextInt(121) - 60, 0);
      case 11 ->
          draft.event(
              Kind.STALE_LOOKS,
              draft.chance.nextInt(2),
              1 + draft.chance.nextInt(World.STALEST),
              1 + draft.chance.nextInt(4));
      case 12 -> draft.event(Kind.CUT, place(), place(), 0);
      case 13 -> draft.event(Kind.CUT_ONE_WAY, place(), place(), 0);
      case 14 -> draft.event(Kind.HEAL, place(), place(), 0);
      case 15, 16 -> draft.event(Kind.HEAL_ALL);
      case 17 -> draft.event(Kind.PARTITION, 1 << m);
      case 18, 19 -> draft.event(Kind.KILL, m);
      case 20 -> draft.event(Kind.BREAK, m);
      case 21, 22 -> draft.event(Kind.MEND, m);
      case 23 -> draft.event(draft.chance.nextBoolean() ? Kind.HANG : Kind.WAKE, m);
      case 24 -> draft.event(draft.chance.nextBoolean() ? Kind.SLOW : Kind.FAST, m);
      case 25 -> draft.event(draft.chance.nextInt(3) == 0 ? Kind.CORRUPT : Kind.WRITE, m);
      case 26 -> draft.event(draft.chance.nextInt(3) == 0 ? Kind.FOREIGN : Kind.WRITE, m);
      case 27 -> draft.event(Kind.POWER_OFF, m);
      case 28, 29 -> draft.event(Kind.POWER_ON, m);
      case 30 ->
          draft.event(draft.chance.nextBoolean() ? Kind.DELETE_NODE : Kind.OUT_OF_SERVICE, m);
      case 31 -> draft.event(Kind.LOSE_VOLUME, m);
      case 32 -> draft.event(Kind.DOOM_VOLUME, m);
      case 33 -> draft.event(Kind.DELETE_POD, m);
      case 34 -> draft.event(Kind.FORCE_DELETE_POD, m);
      case 35 ->
          draft.event(draft.chance.nextBoolean() ? Kind.HIDE : Kind.SHOW, draft.chance.nextInt(5));
      case 36 -> copies();
      case 37 -> draft.event(Kind.KILL_RESTORES, 1 + draft.chance.nextInt(2));
      case 38 -> rare();
      default -> draft.event(draft.chance.nextBoolean() ? Kind.ACKNOWLEDGE : Kind.APPROVE);
    }
  }

  private void copies() {
    if (draft.chance.nextInt(4) == 0) {
      draft.event(Kind.LOSE_COPIES);
    } else {
      draft.event(Kind.HIDE_COPIES, draft.chance.nextInt(2));
    }
  }

  private void rare() {
    switch (draft.chance.nextInt(3)) {
      case 0 -> draft.event(Kind.DELETE_RESTORE);
      case 1 -> draft.event(Kind.EDIT_TEMPLATE, 1 + draft.chance.nextInt(2));
      default -> draft.event(Kind.RESIZE, 1 + draft.chance.nextInt(5));
    }
  }

  private int place() {
    int place = draft.chance.nextInt(draft.size() + 3);
    return place < draft.size() ? place : Net.OPERATOR_A + place - draft.size();
  }

  /** Mostly where something is stored or done. */
  private void interrupt() {
    int[] calls = {0, 1, 2, 3, 3, 3, 4, 4, 4, 4, 5};
    draft.event(
        Kind.INTERRUPT,
        draft.chance.nextInt(8) == 0 ? 1 : 0,
        calls[draft.chance.nextInt(calls.length)],
        draft.chance.nextInt(16 * 6));
  }
}
