package dev.requorum.e2e.world;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The directory with the binaries that a world runs: files NAME-VERSION, as {@code
 * e2e/binaries/ensure.sh} lays them out.
 *
 * @param directory the directory, which exists
 */
public record Binaries(Path directory) {
  static final String KUBERNETES_VERSION = "1.34.4";
  static final String CONTROL_PLANE_ETCD_VERSION = "3.6.16";

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
      throw new WorldException(
          "no executable %s: run e2e/binaries/ensure.sh, and name in REQUORUM_BIN the directory that it prints"
              .formatted(file(name, version)));
    }
    return file(name, version);
  }

  private Path file(String name, String version) {
    return directory.resolve(name + "-" + version);
  }
}
