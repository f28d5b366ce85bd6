package dev.requorum.core.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plants one bug after another and counts the stories until the simulator finds it. */
public final class PlantedBugs {

  private static final int SEEDS_AT_MOST = 2000;
  private static final String BEGIN = "<!-- planted bugs: begin (make sim-mutants) -->";
  private static final String END = "<!-- planted bugs: end -->";

  private PlantedBugs() {}

  /** Prints the table, and writes it into the page where it belongs. One argument: the root. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    List<String> table = new ArrayList<>();
    table.add("| planted bug | the mistake | found after | as |");
    table.add("|---|---|---|---|");
    int missed = 0;
    for (PlantedBug bug : Catalogue.bugs()) {
      Found found = hunt(root, bug);
      missed += found.seeds() > SEEDS_AT_MOST ? 1 : 0;
      String row =
          "| %s | %s | %s | %s |"
              .formatted(
                  bug.name(),
                  bug.mistake(),
                  found.seeds() > SEEDS_AT_MOST ? "NOT FOUND" : found.seeds() + " seeds",
                  found.what());
      System.out.println(row);
      table.add(row);
    }
    Path page = root.resolve("docs/assurance.md");
    if (Files.exists(page) && Files.readString(page).contains(BEGIN)) {
      Files.writeString(page, between(Files.readString(page), table));
    }
    System.out.printf("sim: %d planted bugs, %d not found%n", Catalogue.bugs().size(), missed);
    System.exit(missed == 0 ? 0 : 1);
  }

  private record Found(int seeds, String what) {}

  private static Found hunt(Path root, PlantedBug bug) {
    ClassLoader loader = Mutation.of(root, bug).loader();
    for (int seed = 1; seed <= SEEDS_AT_MOST; seed++) {
      String what = Mutation.play(loader, seed);
      if (!what.isEmpty()) {
        return new Found(seed, what.split(":")[0].replace("|", "/"));
      }
    }
    return new Found(SEEDS_AT_MOST + 1, "");
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
