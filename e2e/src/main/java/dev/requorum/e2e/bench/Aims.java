package dev.requorum.e2e.bench;

import java.util.ArrayList;
import java.util.List;

/** Which of the aims that were looked at are missed. */
final class Aims {

  private final List<String> missed = new ArrayList<>();

  /** Takes note of it, and returns it as a word. */
  String verdict(String aim, boolean met) {
    if (!met) {
      missed.add(aim);
    }
    return met ? "(met)" : "(MISSED)";
  }

  /** All of them in one line. */
  @Override
  public String toString() {
    return missed.isEmpty()
        ? "all of these aims are met"
        : "AIMS MISSED: " + String.join("; ", missed);
  }
}
