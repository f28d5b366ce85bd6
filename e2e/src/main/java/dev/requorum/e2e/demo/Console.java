package dev.requorum.e2e.demo;

import dev.requorum.e2e.scenario.Timeline;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Prints the demo's lines: time since its start, phase, what, why. Coloured on a terminal. */
final class Console {

  private static final String RESET = "\u001b[0m";
  private static final String DIM = "\u001b[2m";

  private final PrintStream out;
  private final boolean coloured;
  private final Instant start;
  private Instant lastLine;

  Console(PrintStream out, boolean coloured, Instant start) {
    this.out = out;
    this.coloured = coloured;
    this.start = start;
    this.lastLine = start;
  }

  /** Something that the demo does. */
  synchronized void step(String what) {
    line(Instant.now(), "demo", "", what);
  }

  /** Something that the demo waits for; said only where nothing was said for that long. */
  synchronized void waiting(String what, Duration silence) {
    if (Duration.between(lastLine, Instant.now()).compareTo(silence) >= 0) {
      step("still waiting for " + what);
    }
  }

  /** Something that the operator recorded. */
  synchronized void transition(Timeline.Entry entry) {
    String phase = entry.phase().isEmpty() ? "healthy" : entry.phase();
    line(entry.at(), phase, entry.step(), "%s: %s".formatted(entry.reason(), entry.message()));
  }

  /** One assertion or figure. */
  synchronized void result(boolean good, String text) {
    out.println("  " + paint(good ? "\u001b[32m" : "\u001b[31;1m", text));
  }

  /** What ended the demo early, in one line. */
  synchronized void failure(String text) {
    out.println(paint("\u001b[31;1m", text));
  }

  /** A line by itself. */
  synchronized void headline(String text) {
    out.println();
    out.println(paint("\u001b[1m", text));
  }

  private void line(Instant at, String phase, String step, String text) {
    lastLine = Instant.now();
    String time = "%6.1f s".formatted(Duration.between(start, at).toMillis() / 1000.0);
    out.printf(
        "%s  %s %s %s%n",
        paint(DIM, time),
        paint(colour(phase), "%-10s".formatted(phase)),
        "%-12s".formatted(step),
        text);
  }

  private static String colour(String phase) {
    return switch (phase) {
      case "Detecting" -> "\u001b[33m";
      case "Rebuilding" -> "\u001b[35m";
      case "ScalingOut" -> "\u001b[36m";
      case "Completed" -> "\u001b[32m";
      default -> DIM;
    };
  }

  private String paint(String code, String text) {
    return coloured ? code + text + RESET : text;
  }
}
