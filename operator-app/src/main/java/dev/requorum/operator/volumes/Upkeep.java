package dev.requorum.operator.volumes;

import java.util.Objects;

/**
 * What came of looking after a cluster's claims.
 *
 * @param key names the failure, so that it is told once; empty where none is
 */
public record Upkeep(State state, String message, String key) {

  /** How far it is. */
  public enum State {
    /** There is nothing to do. */
    IDLE,
    /** Something was begun and has not ended. */
    UNDER_WAY,
    /** Somebody has to look. */
    FAILED
  }

  public Upkeep {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(key, "key");
  }

  static Upkeep idle() {
    return new Upkeep(State.IDLE, "", "");
  }

  static Upkeep underWay(String message) {
    return new Upkeep(State.UNDER_WAY, message, "");
  }

  static Upkeep failed(String key, String message) {
    return new Upkeep(State.FAILED, message, key);
  }
}
