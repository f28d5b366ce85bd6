package dev.requorum.ports.record;

import java.time.Instant;
import java.util.Objects;

/**
 * The restore of an incident as it stands.
 *
 * @param number 1 for the first try
 * @param directory the directory that this try restores into, by its name on the survivor's volume;
 *     no other try ever uses it
 * @param since when this try was recorded
 */
public record RestoreTry(int number, String directory, Instant since) {

  public RestoreTry {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(since, "since");
    if (number < 1) {
      throw new IllegalArgumentException("number must be 1 or more, not " + number);
    }
  }
}
