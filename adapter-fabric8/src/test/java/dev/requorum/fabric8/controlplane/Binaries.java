package dev.requorum.fabric8.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the binaries are that these tests run. */
final class Binaries {

  private static final String DIRECTORY = "REQUORUM_BIN";

  private Binaries() {}

  /**
   * @param name with its version, such as {@code etcd-3.6.16}
   */
  static Path path(String name) {
    String directory = System.getenv(DIRECTORY);
    Path path = Path.of(directory == null ? "." : directory, name).toAbsolutePath();
    if (directory == null || !Files.isExecutable(path)) {
      throw new IllegalStateException(
          "this test runs %s, which it looks for in $%s (%s); e2e/binaries/ensure.sh provides it and prints the directory"
              .formatted(name, DIRECTORY, directory == null ? "not set" : directory));
    }
    return path;
  }
}
