package dev.requorum.e2e.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Where things are in a world. All of it is in memory and belongs to this world alone. */
final class Layout {
  static final Path ROOT = Path.of("/run/world");
  static final Path HOSTS = ROOT.resolve("hosts");
  static final Path CREDENTIALS = ROOT.resolve("credentials");
  static final Path CONTROL_PLANE_DATA = ROOT.resolve("disks/control-plane");
  static final Path DISKS = ROOT.resolve("disks");
  static final Path POD_DISKS = DISKS.resolve("pods");
  static final Path POD_ROOTS = ROOT.resolve("roots");
  static final Path LOGS = ROOT.resolve("logs");
  static final Path AUDIT_LOG = ROOT.resolve("audit.log");

  private Layout() {}

  /** The directory of the launch scripts, as the first process of this world has it. */
  static Path scripts() {
    String scripts = System.getenv("REQUORUM_WORLD");
    if (scripts == null || !Files.isDirectory(ROOT)) {
      throw new WorldException(
          "this JVM is not the first process of a world: start it with e2e/world/bin/java instead of java");
    }
    return Path.of(scripts);
  }

  static Path makeDirectory(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the directory with all that is in it; nothing happens where there is none. */
  static void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
