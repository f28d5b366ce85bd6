package dev.requorum.e2e.chaos;

/** Ends what a fault goes on doing. */
@FunctionalInterface
interface Lift {

  /** Of a fault that is over as soon as it has struck. */
  Lift NOTHING = () -> {};

  /** Nothing happens where it was lifted before. */
  void lift();
}
