package dev.requorum.core.sim;

import dev.requorum.core.sim.Event.Kind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences that real clusters go through and that chance alone would hardly ever put together, for
 * each step of them narrows down what may come next.
 */
final class Scenes {

  /** What Kubernetes does not tell of, where operators lose sight of it: volumes or nodes. */
  private static final int[] ACCOUNTS = {2, 3};

  private final Draft draft;
  private final Blows blows;

  Scenes(Draft draft, Blows blows) {
    this.draft = draft;
    this.blows = blows;
  }

  /** One of them. */
  void play() {
    switch (draft.chance.nextInt(6)) {
      case 0 -> behind();
      case 1 -> halves();
      case 2 -> apart();
      case 3 -> silent();
      case 4 -> stuck();
      default -> replacement();
    }
  }

  /** A member misses writes; the others are lost while it does; then everybody reaches it again. */
  private void behind() {
    int stale = draft.onceIn(2) ? 0 : draft.member();
    draft.event(draft.onceIn(2) ? Kind.PARTITION : Kind.SPLIT, 1 << stale);
    draft.turns(5 + draft.chance.nextInt(15), 3);
    draft.others(stale, draft.fewest()).forEach(blows::harm);
    draft.event(Kind.HEAL_ALL);
    draft.turns(30 + draft.chance.nextInt(20), 3);
  }

  /** Operators are on the side of a minority, and Kubernetes does not tell them all. */
  private void halves() {
    List<Integer> minority = draft.others(draft.member(), draft.size() - draft.fewest());
    draft.event(Kind.SPLIT, Blows.set(minority) | 1 << Net.OPERATOR_A | 1 << Net.OPERATOR_B);
    if (draft.onceIn(2)) {
      draft.event(Kind.HIDE, ACCOUNTS[draft.chance.nextInt(ACCOUNTS.length)]);
    }
    draft.turns(35 + draft.chance.nextInt(10), 2);
    draft.event(Kind.SHOW);
  }

  /** No member reaches another one, and operators reach one of them. */
  private void apart() {
    IntStream.range(0, draft.size()).forEach(one -> draft.event(Kind.SPLIT, 1 << one));
    int seen = draft.member();
    draft.event(Kind.HEAL, seen, Net.OPERATOR_A, 0);
    draft.event(Kind.HEAL, seen, Net.OPERATOR_B, 0);
    draft.turns(30 + draft.chance.nextInt(10), 2);
  }

  /** A majority's nodes fall silent, and somebody deletes the pods that were on them. */
  private void silent() {
    List<Integer> victims = blows.victims();
    int side = draft.onceIn(3) ? 1 << Net.OPERATOR_B : 0;
    draft.event(Kind.PARTITION, Blows.set(victims) | side);
    draft.turns(10, 0);
    for (int victim : victims) {
      draft.event(draft.onceIn(2) ? Kind.DELETE_POD : Kind.FORCE_DELETE_POD, victim);
      draft.turns(draft.chance.nextInt(2), 0);
    }
    draft.turns(35 + draft.chance.nextInt(10), 2);
  }

  /** Processes stand still; their pods are deleted, and do not end; after a while they go on. */
  private void stuck() {
    List<Integer> victims = blows.victims();
    for (int victim : victims) {
      draft.event(Kind.HANG, victim);
      draft.event(Kind.STUCK, victim);
      draft.event(Kind.DELETE_POD, victim);
    }
    draft.turns(30 + draft.chance.nextInt(15), 2);
    victims.forEach(victim -> draft.event(Kind.WAKE, victim));
    draft.turns(draft.chance.nextInt(10), 5);
    victims.forEach(victim -> draft.event(Kind.FREE, victim));
  }

  /** A member is replaced and catches up slowly; meanwhile the others' quorum is lost. */
  private void replacement() {
    int replaced = draft.member();
    draft.event(Kind.SLOW, replaced);
    draft.event(Kind.LOSE_VOLUME, replaced);
    draft.turns(8 + draft.chance.nextInt(15), 3);
    draft.others(replaced, draft.size() / 2).forEach(blows::harm);
    draft.turns(30 + draft.chance.nextInt(20), 5);
  }

  /** Operators are let come to some step, and then something happens in this very moment. */
  void ambush() {
    int operator = draft.onceIn(8) ? 1 : 0;
    draft.event(Kind.UNTIL, operator, draft.chance.nextInt(12), 45);
    int m = draft.member();
    switch (draft.chance.nextInt(10)) {
      case 0, 1 -> draft.event(Kind.CUT, m, Net.API, 0);
      case 2 -> draft.event(Kind.PARTITION, 1 << m);
      case 3 -> draft.event(Kind.STUCK, m);
      case 4 -> draft.event(Kind.POWER_OFF, m);
      case 5, 6, 7 -> overtaken(operator);
      case 8 -> draft.event(Kind.HEAL_ALL);
      default -> blows.harm(m);
    }
    draft.turns(5 + draft.chance.nextInt(25), 5);
  }

  /** It looks, or decides, or acts, and the other operator is far ahead before it goes on. */
  private void overtaken(int operator) {
    int call = 1 + draft.chance.nextInt(4);
    int turns = draft.chance.nextInt(12);
    int how = 2 * Interruption.How.OTHER_TURNS.ordinal();
    draft.event(Kind.INTERRUPT, operator, call, how + draft.chance.nextInt(2) + 16 * turns);
  }
}
