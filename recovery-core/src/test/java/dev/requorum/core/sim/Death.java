package dev.requorum.core.sim;

/** The end of an operator's process. */
final class Death extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Death() {
    super("the operator died", null, false, false);
  }
}
