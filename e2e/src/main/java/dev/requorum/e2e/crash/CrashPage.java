package dev.requorum.e2e.crash;

import dev.requorum.ports.record.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page with the table of all points and what came of them. */
final class CrashPage {

  private static final String HEAD =
      """
      # Every crash point

      Where an operator can die in a recovery, and what came of it when it did. Generated; do not edit. To play them all, on
      real etcd, and write this page anew:

          make crashpoints

      The points are made of the calls that the operator made of its ports (workload, probe, membership, preservation,
      restoration, records, announcer) in a recovery that nobody disturbed. Each call that changes something is two points,
      before it and after it. A call made again at the same place is the same point: a record stored at each look of a wait, an
      Event announced again at each look. `#2` is the second call of that name at that place which asks for something else, such
      as the second learner. A call that only looks leaves all as the last change did; of those there is one point at each
      place, with another method and another side in turn.

      A cluster of three loses two members' processes for good, their volumes are there. At the point the operator's process is
      halted (nothing is cleaned up) and started again. In one recovery operators die at up to eight points, as far from one
      another as can be; `CRASH_EACH=1` makes that one. Of a recovery that ends otherwise, each point is played alone, and so is
      a point that one with others does not come to, since a step whose work is found done is passed through. The final
      state must be the one that the undisturbed recovery came to (phase, attempts, survivor, loss, conditions, members with
      their revisions and voters, StatefulSet, `NAME-state`, pods, claims with what is marked on them, Events and how many of
      each), with all that holds after every recovery: three healthy voters, one cluster id, all keys on every member, no force
      flag left, the loss recorded, one attempt; by a restore, another cluster id, the raised revision, a new directory, the
      original where it was, no claim deleted, no restore pod left.

      Not among the points: what the operator does beside the ports, that is, making sure of the cluster's objects and writing
      members and conditions to the status.
      """;

  private static final String COLUMNS =
      """

      | | Place | The operator dies | Its successor found | Final state |
      |--:|---|---|---|---|
      """;

  private CrashPage() {}

  /**
   * @param models the undisturbed recovery by each strategy
   * @param rows of points without one, the page says that they were not played
   */
  static void write(Path file, Map<Strategy, Played> models, List<Row> rows) {
    StringBuilder text = new StringBuilder(HEAD);
    models.forEach((strategy, model) -> text.append(section(model, rows)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String section(Played model, List<Row> rows) {
    List<CrashPoint> points = PointList.of(model.calls());
    Map<CrashPoint, Played> played =
        rows.stream()
            .filter(row -> row.played().strategy() == model.strategy())
            .collect(Collectors.toMap(Row::point, Row::played));
    StringBuilder text = new StringBuilder();
    text.append("\n## %s: %d points\n".formatted(model.strategy().word(), points.size()));
    text.append(COLUMNS);
    for (int i = 0; i < points.size(); i++) {
      text.append(line(i + 1, points.get(i), Optional.ofNullable(played.get(points.get(i)))));
    }
    return text.toString();
  }

  private static String line(int number, CrashPoint point, Optional<Played> played) {
    return "| %d | %s | %s `%s` | %s |\n"
        .formatted(
            number,
            point.call().place(),
            point.when().word(),
            point.call().name(),
            played.map(one -> one.found(point) + " | " + verdict(one)).orElse("**not played** |"));
  }

  private static String verdict(Played played) {
    return played.isWell() ? "the same" : "**another**: " + inOneLine(played);
  }

  private static String inOneLine(Played played) {
    return String.join("; ", played.wrongs()).replace("\n", " ").replace("|", "/");
  }
}
