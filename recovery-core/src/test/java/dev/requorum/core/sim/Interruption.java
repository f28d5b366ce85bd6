package dev.requorum.core.sim;

/**
 * What befalls an operator at one call of a port.
 *
 * @param call which call of a turn
 * @param after whether the call took effect before
 * @param how what happens there
 * @param amount of turns or seconds, where there are any
 */
record Interruption(Call call, boolean after, How how, int amount) {

  /** A call of a turn. */
  enum Call {
    LOAD("the record is loaded"),
    OBSERVE("Kubernetes is looked at"),
    PROBE("the members are asked"),
    STORE("the record is stored"),
    ACT("it acts"),
    ANNOUNCE("it announces");

    final String words;

    Call(String words) {
      this.words = words;
    }
  }

  /** What happens. */
  enum How {
    DIES,
    FAILS,
    OTHER_TURNS,
    TIME_PASSES
  }

  String inWords() {
    String where = (after ? "right after " : "right before ") + call.words;
    return switch (how) {
      case DIES -> where + " it dies";
      case FAILS -> where + " the connection breaks";
      case OTHER_TURNS ->
          where + " it is stopped while the other one takes %d turns".formatted(amount);
      case TIME_PASSES -> where + " it is stopped for %d seconds".formatted(amount);
    };
  }
}
