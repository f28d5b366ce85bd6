package dev.requorum.core.sim;

import java.util.ArrayList;
import java.util.List;

/** Writes down what happens where somebody wants to read it. */
final class Narrator {

  private final boolean tells;
  private final List<String> lines = new ArrayList<>();

  Narrator(boolean tells) {
    this.tells = tells;
  }

  boolean tells() {
    return tells;
  }

  void line(String format, Object... arguments) {
    if (tells) {
      lines.add(format.formatted(arguments));
    }
  }

  void detail(String format, Object... arguments) {
    if (tells) {
      lines.add("      " + format.formatted(arguments));
    }
  }

  List<String> lines() {
    return lines;
  }
}
