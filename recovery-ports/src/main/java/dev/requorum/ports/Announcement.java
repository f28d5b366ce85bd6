package dev.requorum.ports;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One thing that people are told once.
 *
 * @param key what makes it one: lower-case letters, digits and dashes, the same whenever the same
 *     thing is announced again
 * @param warning whether it is a Warning rather than Normal
 * @param at when it came to be, in the recovery record's own time
 */
public record Announcement(String key, boolean warning, Reason reason, String message, Instant at) {

  private static final Pattern KEY = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  public Announcement {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "key must be lower-case letters, digits and dashes: " + key);
    }
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(at, "at");
  }
}
