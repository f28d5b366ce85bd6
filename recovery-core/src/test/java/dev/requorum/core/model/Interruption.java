package dev.requorum.core.model;

import dev.requorum.core.Decision;
import dev.requorum.core.Observation;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.ports.record.RecoveryRecord;

/** Does something, such as dying, at one point of one turn of an engine. */
public final class Interruption implements TurnListener {

  /** Where in a turn. */
  public enum Point {
    DECIDED,
    RECORDED,
    ACTED
  }

  /** The end of a process. */
  public static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Death() {
      super("the operator died");
    }
  }

  private final int turn;
  private final Point point;
  private final Runnable what;
  private int turns;

  private Interruption(int turn, Point point, Runnable what) {
    this.turn = turn;
    this.point = point;
    this.what = what;
  }

  /** The process dies at this point of its turn of this number, the first being 1. */
  public static Interruption at(int turn, Point point) {
    return new Interruption(
        turn,
        point,
        () -> {
          throw new Death();
        });
  }

  /** Something else happens there, while the process stands still. */
  public static Interruption pause(int turn, Point point, Runnable what) {
    return new Interruption(turn, point, what);
  }

  @Override
  public void decided(Observation observation, RecoveryRecord before, Decision decision) {
    turns++;
    reached(Point.DECIDED);
  }

  @Override
  public void recorded(Observation observation, RecoveryRecord before, Decision decision) {
    reached(Point.RECORDED);
  }

  @Override
  public void acted(Observation observation, RecoveryRecord before, Decision decision) {
    reached(Point.ACTED);
  }

  private void reached(Point here) {
    if (turns == turn && here == point) {
      what.run();
    }
  }
}
