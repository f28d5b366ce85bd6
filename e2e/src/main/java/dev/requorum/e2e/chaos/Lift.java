package dev.requorum.e2e.chaos;

import dev.requorum.e2e.world.WorldException;
import java.util.List;

/** Ends what a fault goes on doing. */
@FunctionalInterface
interface Lift {

  /** Of a fault that is over as soon as it has struck. */
  Lift NOTHING = () -> {};

  /** Nothing happens where it was lifted before. */
  void lift();

  /** All of these, each whether or not what it is about is still there. */
  static Lift ofAll(List<Lift> lifts) {
    return () -> lifts.forEach(Lift::liftIfThere);
  }

  private static void liftIfThere(Lift lift) {
    try {
      lift.lift();
    } catch (WorldException gone) {
      // What ended meanwhile is free of the fault too.
    }
  }

  /** The lift of a strike, which is lifted at once where it struck some but not all. */
  static Lift after(Runnable strike, Lift lift) {
    try {
      strike.run();
      return lift;
    } catch (WorldException nothingThere) {
      lift.lift();
      throw nothingThere;
    }
  }
}
