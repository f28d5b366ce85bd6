package dev.requorum.ports.record;

import java.time.Instant;
import java.util.Objects;

/**
 * A copy of the survivor's data, made before anything was done to it.
 *
 * @param location where it is, for a human
 * @param bytes its size
 * @param sha256 of the whole file, hexadecimal
 */
public record PreservedCopy(String location, long bytes, String sha256, Instant madeAt) {

  public PreservedCopy {
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(madeAt, "madeAt");
  }
}
