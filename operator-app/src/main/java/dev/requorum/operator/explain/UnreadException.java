package dev.requorum.operator.explain;

/** The object could not be had. The message names what could not be read, and why. */
final class UnreadException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadException(String message, Throwable cause) {
    super(message, cause);
  }
}
