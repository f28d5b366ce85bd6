package dev.requorum.e2e.world;

import java.nio.file.Path;

/** A program that removes a directory. */
final class DirectoryRemoval {
  private DirectoryRemoval() {}

  public static void main(String[] arguments) {
    Layout.remove(Path.of(arguments[0]));
  }
}
