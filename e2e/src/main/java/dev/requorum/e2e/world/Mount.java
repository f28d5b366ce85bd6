package dev.requorum.e2e.world;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file or directory, and the path at which a container sees it.
 *
 * @param source a symbolic link is seen as such
 * @param target an absolute path
 */
record Mount(Path source, String target) {
  Mount {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
  }
}
