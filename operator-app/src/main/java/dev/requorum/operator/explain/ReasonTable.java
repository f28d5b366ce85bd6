package dev.requorum.operator.explain;

import dev.requorum.ports.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each {@link Reason} means and what a human can do about it: the table of {@code
 * docs/operating.md}, which the build puts beside this class, so that the two cannot differ.
 */
final class ReasonTable {

  private static final String PAGE = "operating.md";
  private static final String HEADING = "## Reasons";

  /**
   * One row.
   *
   * @param toDo empty where there is nothing to do
   */
  record Row(String meaning, Optional<String> toDo) {}

  private final Map<Reason, Row> rows;

  private ReasonTable(Map<Reason, Row> rows) {
    this.rows = rows;
  }

  /** The table of the page that this program was built with. */
  static ReasonTable shipped() {
    try (InputStream page = ReasonTable.class.getResourceAsStream(PAGE)) {
      if (page == null) {
        throw new IllegalStateException(
            "docs/operating.md is not in this build: the build takes it from docs/");
      }
      return of(new String(page.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException where a row's word is not a reason's
   */
  static ReasonTable of(List<String> page) {
    Map<Reason, Row> rows = new EnumMap<>(Reason.class);
    page.stream()
        .dropWhile(line -> !line.equals(HEADING))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", -1))
        .forEach(cells -> rows.put(reason(cells[1]), row(cells)));
    return new ReasonTable(rows);
  }

  /**
   * @throws IllegalArgumentException where the page has no row for it
   */
  Row row(Reason reason) {
    Row row = rows.get(reason);
    if (row == null) {
      throw new IllegalArgumentException(PAGE + " has no row for " + reason.word());
    }
    return row;
  }

  private static Reason reason(String cell) {
    return Reason.ofWord(cell.strip().replace("`", ""));
  }

  private static Row row(String[] cells) {
    return new Row(plain(cells[2]), Optional.of(plain(cells[3])).filter(toDo -> !toDo.isEmpty()));
  }

  /** Without Markdown: code and emphasis unmarked, a link as its words. */
  private static String plain(String cell) {
    return cell.strip()
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .replaceAll("\\*([^*]+)\\*", "$1")
        .replace("`", "");
  }
}
