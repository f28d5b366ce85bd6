package dev.requorum.operator;

/** The operator cannot start. The message says why, and what to do. */
public final class StartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
