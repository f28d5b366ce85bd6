package dev.requorum.e2e.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where the parts of a bundle are, a file each. A part that cannot be had says why in its file.
 *
 * @param path is made where it is not there
 */
public record BundleDirectory(Path path) {

  /** Writes a part; a part that is null is written as such. */
  public void write(String file, Supplier<String> content) {
    try {
      Files.createDirectories(path);
      Files.writeString(path.resolve(file), String.valueOf(read(content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Supplier<String> content) {
    try {
      return content.get();
    } catch (RuntimeException e) {
      return "could not be had: " + e;
    }
  }
}
