package dev.requorum.e2e.chaos;

/** What befalls the operator. */
final class OperatorFaults {

  private OperatorFaults() {}

  /** Its process ends at once; another one is started when it is lifted. */
  static Lift kill(Arena arena) {
    arena.operator().holdDown();
    return arena.operator()::release;
  }
}
