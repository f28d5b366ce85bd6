package dev.requorum.e2e.world;

/**
 * A container can't be started as things are; reason and message are those of its waiting state.
 */
final class CannotStartException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String reason;

  CannotStartException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  static CannotStartException badConfiguration(String message) {
    return new CannotStartException("CreateContainerConfigError", message);
  }

  String reason() {
    return reason;
  }
}
