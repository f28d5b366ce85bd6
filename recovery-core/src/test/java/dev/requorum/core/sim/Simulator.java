package dev.requorum.core.sim;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Plays the stories of many seeds on all processors. */
public final class Simulator {

  /** No more failures than that are collected. */
  private static final int FAILURES_AT_MOST = 20;

  private final Coverage coverage = new Coverage();
  private final NavigableMap<Long, String> failures = new TreeMap<>();
  private final AtomicLong next;
  private final long end;

  private Simulator(long from, int count) {
    next = new AtomicLong(from);
    end = from + count;
  }

  /** Plays so many seeds from one on. */
  static Simulator play(long from, int count) {
    Simulator simulator = new Simulator(from, count);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(new Thread(simulator::work, "stories-" + i));
    }
    threads.forEach(Thread::start);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted in the middle", interrupted);
    }
    return simulator;
  }

  Coverage coverage() {
    return coverage;
  }

  /** What went wrong first, by seed. */
  NavigableMap<Long, String> failures() {
    return failures;
  }

  private void work() {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      Simulation.Outcome outcome = Simulation.play(Storyteller.tell(seed), false);
      if (note(seed, outcome)) {
        return;
      }
    }
  }

  private synchronized boolean note(long seed, Simulation.Outcome outcome) {
    coverage.add(outcome.coverage());
    if (outcome.failed()) {
      failures.put(seed, outcome.violations().get(0));
    }
    return failures.size() >= FAILURES_AT_MOST;
  }

  /** The story of a seed that failed, as short as it could be made, and how it ends. */
  static List<String> shortened(long seed) {
    Story shortest = Shrinker.shortest(Storyteller.tell(seed));
    List<String> lines = new ArrayList<>();
    lines.add("seed %d, shortened to %d events:".formatted(seed, shortest.events().size()));
    shortest.inWords().forEach(line -> lines.add("  " + line));
    Simulation.play(shortest, false).violations().forEach(what -> lines.add("  WRONG: " + what));
    lines.add("the same as a file beside KeptStoriesTest's:");
    StoryFile.write(shortest).forEach(line -> lines.add("  " + line));
    return lines;
  }

  /**
   * One argument: the story of that seed, with all that happens in it. Two: the stories of so many
   * seeds, from that one on.
   */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    boolean well =
        arguments.length == 1
            ? replay(Long.parseLong(arguments[0]), out)
            : playMany(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]), out);
    System.exit(well ? 0 : 1);
  }

  private static boolean replay(long seed, PrintStream out) {
    Simulation.Outcome outcome = Simulation.play(Storyteller.tell(seed), true);
    outcome.told().forEach(out::println);
    if (outcome.failed()) {
      out.println();
      out.println("The same, shortened:");
      Story shortest = Shrinker.shortest(Storyteller.tell(seed));
      Simulation.play(shortest, true).told().forEach(out::println);
      StoryFile.write(shortest).forEach(out::println);
    }
    out.print(outcome.coverage().inWords());
    return !outcome.failed();
  }

  private static boolean playMany(int count, long from, PrintStream out) {
    Simulator played = play(from, count);
    out.print(played.coverage().inWords());
    played
        .failures()
        .forEach((seed, what) -> out.println("sim: seed %d failed: %s".formatted(seed, what)));
    if (!played.failures().isEmpty()) {
      long first = played.failures().firstKey();
      shortened(first).forEach(out::println);
      out.println("sim: make sim SEED=%d tells all that happens in it".formatted(first));
    }
    return played.failures().isEmpty();
  }
}
