package dev.requorum.e2e.world;

/** The world could not be made, or could not do what it was told. The message says what to mend. */
public final class WorldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorldException(String message) {
    super(message);
  }

  WorldException(String message, Throwable cause) {
    super(message, cause);
  }
}
