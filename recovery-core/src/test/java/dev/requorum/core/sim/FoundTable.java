package dev.requorum.core.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The table of planted bugs in a page, between its markers: a row for each that is in it. */
final class FoundTable {

  private static final String BEGIN = "<!-- planted bugs: begin (make sim-mutants) -->";
  private static final String END = "<!-- planted bugs: end -->";
  private static final String HEAD =
      "| planted bug | the mistake | found after | as |\n|---|---|---|---|";

  /**
   * What came of the hunt for one bug.
   *
   * @param stories how many were played until one went wrong; empty where none did
   * @param sought how many were played at most
   * @param what went wrong first in that story; empty where none did
   */
  record Found(PlantedBug bug, OptionalInt stories, int sought, String what) {

    String row() {
      String after =
          stories.isEmpty()
              ? "NOT FOUND in %,d stories".formatted(sought)
              : stories.getAsInt() == 1 ? "1 story" : "%,d stories".formatted(stories.getAsInt());
      return "| %s | %s | %s | %s |".formatted(bug.name(), bug.mistake(), after, inShort());
    }

    /** Without the members, figures and lives of that story. */
    private String inShort() {
      return what.split(": ")[0].replace("|", "/");
    }
  }

  private final Path page;
  private final List<PlantedBug> bugs;

  FoundTable(Path page, List<PlantedBug> bugs) {
    this.page = page;
    this.bugs = bugs;
  }

  /** Writes its row in the place of a former one; rows of bugs that are no more are dropped. */
  synchronized void enter(Found found) {
    try {
      String text = Files.readString(page);
      int begin = text.indexOf(BEGIN) + BEGIN.length();
      int end = text.indexOf(END);
      if (begin < BEGIN.length() || end < begin) {
        throw new IllegalStateException(page + " has no markers for the table of planted bugs");
      }
      Map<String, String> rows = rows(text.substring(begin, end));
      rows.put(found.bug().name(), found.row());
      List<String> table = new ArrayList<>(List.of(HEAD));
      bugs.stream()
          .map(PlantedBug::name)
          .filter(rows::containsKey)
          .map(rows::get)
          .forEach(table::add);
      Files.writeString(
          page,
          text.substring(0, begin) + "\n" + String.join("\n", table) + "\n" + text.substring(end));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static Map<String, String> rows(String table) {
    Map<String, String> rows = new HashMap<>();
    table.lines().filter(line -> line.startsWith("| ")).forEach(line -> rows.put(name(line), line));
    return rows;
  }

  private static String name(String row) {
    return row.substring(2, row.indexOf(" |"));
  }
}
