package dev.requorum.fabric8.status;

/** What is stored in {@code status.recovery} cannot be understood; the message names the field. */
public final class UnreadableStatusException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnreadableStatusException(String message, Throwable cause) {
    super(message, cause);
  }
}
