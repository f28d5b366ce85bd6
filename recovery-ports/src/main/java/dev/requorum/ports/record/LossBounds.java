package dev.requorum.ports.record;

import java.util.OptionalLong;

/**
 * How many acknowledged revisions a rebuild lost.
 *
 * @param atLeast proven: a member was seen that much later than what was kept; 0 where none was
 * @param atMost proven too; empty where nobody can know
 */
public record LossBounds(long atLeast, OptionalLong atMost) {

  public LossBounds {
    if (atLeast < 0 || atMost.isPresent() && atMost.getAsLong() < atLeast) {
      throw new IllegalArgumentException(
          "not bounds: at least %d, at most %s".formatted(atLeast, atMost));
    }
  }
}
