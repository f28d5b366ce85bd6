package dev.requorum.operator.config;

/** An environment variable's value can't be taken. The message names it and says what would do. */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidConfigException(String message) {
    super(message);
  }
}
