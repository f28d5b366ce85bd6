package dev.requorum.core.sim;

import java.util.Map;
import java.util.TreeMap;

/** How much happened, so that a simulator in which nothing does cannot hide it. */
final class Coverage {

  long stories;
  long seconds;
  long turns;
  long acknowledged;
  private final Map<String, Long> counts = new TreeMap<>();

  void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  void count(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  void add(Coverage other) {
    stories += other.stories;
    seconds += other.seconds;
    turns += other.turns;
    acknowledged += other.acknowledged;
    other.counts.forEach((what, times) -> counts.merge(what, times, Long::sum));
  }

  String inWords() {
    StringBuilder words = new StringBuilder();
    words.append(
        "%,d stories, %,d simulated seconds, %,d turns of operators, %,d acknowledged writes%n"
            .formatted(stories, seconds, turns, acknowledged));
    counts.forEach((what, times) -> words.append("  %,10d %s%n".formatted(times, what)));
    return words.toString();
  }
}
