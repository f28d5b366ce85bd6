package dev.requorum.e2e.bench;

import java.util.List;
import java.util.Locale;

/** Several runs' worth of one figure, in milliseconds. */
record Figures(String what, List<Long> sorted) {

  Figures {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("no run of " + what);
    }
    sorted = sorted.stream().sorted().toList();
  }

  long min() {
    return sorted.get(0);
  }

  long median() {
    return sorted.get(sorted.size() / 2);
  }

  long max() {
    return sorted.get(sorted.size() - 1);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-34s %7.1f s %7.1f s %7.1f s",
        what,
        min() / 1000.0,
        median() / 1000.0,
        max() / 1000.0);
  }
}
