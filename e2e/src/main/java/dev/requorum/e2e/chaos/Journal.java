package dev.requorum.e2e.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What happened in a round, line by line, with the seconds since its start. */
final class Journal {

  private final Instant start = Instant.now();
  private final List<String> lines = new ArrayList<>();
  private final Consumer<String> listener;

  /**
   * @param listener told of each line
   */
  Journal(Consumer<String> listener) {
    this.listener = listener;
  }

  synchronized void note(String what) {
    double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
    String line = String.format(Locale.ROOT, "%6.1f s  %s", seconds, what);
    lines.add(line);
    listener.accept(line);
  }

  synchronized String text() {
    return String.join("\n", lines) + "\n";
  }
}
