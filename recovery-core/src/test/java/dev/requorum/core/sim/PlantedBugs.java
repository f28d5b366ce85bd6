package dev.requorum.core.sim;

import dev.requorum.core.sim.FoundTable.Found;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Plants one bug after another and counts the stories until the simulator finds it: until the first
 * that goes wrong with the bug and well without it.
 */
public final class PlantedBugs {

  private static final int SEEDS_AT_MOST = Integer.getInteger("sim.seeds", 2000);

  private PlantedBugs() {}

  /**
   * Prints a row for each bug as soon as it is known, and enters it in the page's table, so that a
   * hunt that is cut short loses nothing. One argument: the root of the repository. The property
   * {@code sim.only} names the bugs to hunt, with commas between them; without it all are.
   */
  public static void main(String[] arguments) {
    Path root = Path.of(arguments[0]);
    FoundTable table = new FoundTable(root.resolve("docs/assurance.md"), Catalogue.bugs());
    List<Found> hunted = wanted().parallelStream().map(bug -> hunt(root, bug, table)).toList();
    long missed = hunted.stream().filter(found -> found.stories().isEmpty()).count();
    System.out.printf("sim: %d planted bugs, %d not found%n", hunted.size(), missed);
    System.exit(missed == 0 ? 0 : 1);
  }

  private static List<PlantedBug> wanted() {
    List<String> names =
        Stream.of(System.getProperty("sim.only", "").split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    List<PlantedBug> all = Catalogue.bugs();
    List<String> known = all.stream().map(PlantedBug::name).toList();
    if (!known.containsAll(names)) {
      throw new IllegalArgumentException(
          "sim.only names a bug that is none, %s; there are %s".formatted(names, known));
    }
    return names.isEmpty() ? all : all.stream().filter(b -> names.contains(b.name())).toList();
  }

  private static Found hunt(Path root, PlantedBug bug, FoundTable table) {
    Found found = hunt(root, bug);
    System.out.println(found.row());
    table.enter(found);
    return found;
  }

  private static Found hunt(Path root, PlantedBug bug) {
    ClassLoader loader = Mutation.of(root, bug).loader();
    for (int seed = 1; seed <= SEEDS_AT_MOST; seed++) {
      String what = Mutation.play(loader, seed);
      if (!what.isEmpty() && new SeedPlayer().apply(seed).isEmpty()) {
        return new Found(bug, OptionalInt.of(seed), SEEDS_AT_MOST, what);
      }
    }
    return new Found(bug, OptionalInt.empty(), SEEDS_AT_MOST, "");
  }
}
