package dev.requorum.e2e.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that another process can move: a file says by how much it is off, as an ISO 8601
 * duration.
 */
record MovableClock(Path file) implements InstantSource {

  /** A new one, which is right. */
  static MovableClock create() {
    try {
      MovableClock clock =
          new MovableClock(Files.createTempDirectory("chaos-clock").resolve("offset"));
      clock.move(Duration.ZERO);
      return clock;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on it is off by this. */
  void move(Duration by) {
    try {
      Path next = file.resolveSibling("next");
      Files.writeString(next, by.toString());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Instant instant() {
    try {
      return Instant.now().plus(Duration.parse(Files.readString(file).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
