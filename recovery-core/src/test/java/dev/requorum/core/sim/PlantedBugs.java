package dev.requorum.core.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plants one bug after another and counts the stories until the simulator finds it: until the first
 * that goes wrong with the bug and well without it.
 */
public final class PlantedBugs {

  private static final int SEEDS_AT_MOST = Integer.getInteger("sim.seeds", 2000);
  private static final String BEGIN = "<!-- planted bugs: begin (make sim-mutants) -->";
  private static final String END = "<!-- planted bugs: end -->";

  private PlantedBugs() {}

  /** Prints the table, and writes it into the page where it belongs. One argument: the root. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    List<String> table = new ArrayList<>();
    table.add("| planted bug | the mistake | found after | as |");
    table.add("|---|---|---|---|");
    List<Found> all = Catalogue.bugs().parallelStream().map(bug -> hunt(root, bug)).toList();
    all.forEach(found -> table.add(found.row()));
    long missed = all.stream().filter(found -> found.seeds() > SEEDS_AT_MOST).count();
    Path page = root.resolve("docs/assurance.md");
    if (Files.exists(page) && Files.readString(page).contains(BEGIN)) {
      Files.writeString(page, between(Files.readString(page), table));
    }
    System.out.printf("sim: %d planted bugs, %d not found%n", Catalogue.bugs().size(), missed);
    System.exit(missed == 0 ? 0 : 1);
  }

  private record Found(PlantedBug bug, int seeds, String what) {

    String row() {
      return "| %s | %s | %s | %s |"
          .formatted(
              bug.name(),
              bug.mistake(),
              seeds > SEEDS_AT_MOST ? "NOT FOUND" : seeds + " seeds",
              what);
    }

    Found told() {
      System.out.println(row());
      return this;
    }
  }

  private static Found hunt(Path root, PlantedBug bug) {
    ClassLoader loader = Mutation.of(root, bug).loader();
    for (int seed = 1; seed <= SEEDS_AT_MOST; seed++) {
      String what = Mutation.play(loader, seed);
      if (!what.isEmpty() && new SeedPlayer().apply(seed).isEmpty()) {
        return new Found(bug, seed, what.split(":")[0].replace("|", "/")).told();
      }
    }
    return new Found(bug, SEEDS_AT_MOST + 1, "").told();
  }

  private static String between(String page, List<String> table) {
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (begin < BEGIN.length() || end < begin) {
      throw new IllegalStateException("no markers for the table of planted bugs");
    }
    return page.substring(0, begin) + "\n" + String.join("\n", table) + "\n" + page.substring(end);
  }
}
