package dev.requorum.e2e.crash;

import java.time.Duration;

/** Tells on the standard output how far all is. */
final class Progress {

  private final long start = System.nanoTime();
  private int planned;
  private int played;
  private long deaths;

  /** So many more recoveries are going to be played. */
  synchronized void plan(int more) {
    planned += more;
  }

  /** One is over. */
  synchronized void tell(Played one) {
    played++;
    deaths += one.deaths().size();
    System.out.printf(
        "crashpoints: recovery %d of %d, %d s: %s: %s%n",
        played,
        planned,
        seconds(),
        one.name(),
        one.isWell() ? "the same final state" : "OTHERWISE: " + one.wrongs());
    one.missed().forEach(point -> System.out.println("crashpoints: not come to: " + point));
  }

  /** All are. */
  synchronized void sum(int points, int otherwise) {
    System.out.printf(
        "crashpoints: %d points, %d recoveries, %d deaths, %d recoveries ended otherwise, %d s%n",
        points, played, deaths, otherwise, seconds());
  }

  private long seconds() {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }
}
