package dev.requorum.e2e.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory with the binaries that a world runs: files NAME-VERSION, as {@code
 * e2e/binaries/ensure.sh} lays them out.
 *
 * @param directory the directory, which exists
 */
public record Binaries(Path directory) {
  public Binaries {
    Objects.requireNonNull(directory, "directory");
    if (!Files.isDirectory(directory)) {
      throw new WorldException(
          "no directory %s: REQUORUM_BIN must name the one that e2e/binaries/ensure.sh prints"
              .formatted(directory));
    }
  }

  /** The directory that the environment variable REQUORUM_BIN names. */
  public static Binaries fromEnvironment() {
    String directory = System.getenv("REQUORUM_BIN");
    if (directory == null || directory.isBlank()) {
      throw new WorldException(
          "REQUORUM_BIN is not set: it must name the directory that e2e/binaries/ensure.sh prints");
    }
    return new Binaries(Path.of(directory).toAbsolutePath());
  }

  boolean has(String name, String version) {
    return Files.isExecutable(file(name, version));
  }

  /**
   * The binary of that name and version.
   *
   * @throws WorldException when it isn't there
   */
  public Path path(String name, String version) {
    if (!has(name, version)) {
      throw missing(file(name, version));
    }
    return file(name, version);
  }

  /**
   * The newest version that there is of that binary, as in 3.6.16.
   *
   * @throws WorldException when there is none
   */
  public String newestVersion(String name) {
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "-(\\d+\\.\\d+\\.\\d+)");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> pattern.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .max(Comparator.comparing(Runtime.Version::parse))
          .orElseThrow(() -> missing(directory.resolve(name + "-VERSION")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path newest(String name) {
    return path(name, newestVersion(name));
  }

  private static WorldException missing(Path file) {
    return new WorldException(
        "no executable %s: run e2e/binaries/ensure.sh, and name in REQUORUM_BIN the directory that it prints"
            .formatted(file));
  }

  private Path file(String name, String version) {
    return directory.resolve(name + "-" + version);
  }
}
