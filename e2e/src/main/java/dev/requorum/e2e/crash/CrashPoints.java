package dev.requorum.e2e.crash;

import dev.requorum.e2e.scenario.LocalSite;
import dev.requorum.e2e.world.World;
import dev.requorum.e2e.world.WorldOptions;
import dev.requorum.ports.record.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Plays every crash point of a recovery by each strategy, on real etcd in a local world, and writes
 * them with what came of them to a page. Exits with 0 only where every recovery came to the state
 * that an undisturbed one comes to; names the others.
 */
public final class CrashPoints {

  private static final int ATTEMPTS = 3;
  private static final String EIGHT = "8";
  private static final Path KEPT = Path.of("target/crashpoints");

  private final Lanes lanes;
  private final Progress progress = new Progress();
  private final FailureFiles failures = new FailureFiles(KEPT);

  private CrashPoints(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * @param args none; {@code $CRASH_LANES} says how many recoveries are played at once (2), {@code
   *     $CRASH_EACH} at how many points an operator dies in one recovery (8), {@code $CRASH_POINTS}
   *     which points are played (all that contain it; no page is written then), {@code $CRASH_PAGE}
   *     where the page is written
   */
  public static void main(String[] args) {
    WorldOptions options =
        WorldOptions.defaults().withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(4));
    boolean well;
    try (LocalSite site = LocalSite.in(World.start(options));
        Lanes lanes = new Lanes(site, Integer.parseInt(setting("CRASH_LANES", "2")))) {
      well = new CrashPoints(lanes).run();
    }
    System.exit(well ? 0 : 1);
  }

  private static String setting(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank()).orElse(otherwise);
  }

  private boolean run() {
    String only = setting("CRASH_POINTS", "");
    int each = Integer.parseInt(setting("CRASH_EACH", EIGHT));
    Map<Strategy, Played> models = undisturbed();
    List<Lanes.Task> tasks = new ArrayList<>();
    for (Played model : models.values()) {
      List<CrashPoint> points =
          PointList.of(model.calls()).stream()
              .filter(point -> point.toString().contains(only))
              .toList();
      PointList.spread(points, each).forEach(part -> tasks.add(dying(model, part)));
    }
    progress.plan(tasks.size());
    Map<String, List<Row>> done = new ConcurrentHashMap<>();
    List<Played> all =
        lanes.play(
            tasks,
            played -> {
              progress.tell(played);
              done.put(played.cluster(), rows(Stream.of(played).filter(Played::isWell)));
              write(KEPT.resolve("crash-points.md"), models, done.values().stream());
            });
    List<Row> rows =
        all.stream().flatMap(one -> alone(one, models.get(one.strategy())).stream()).toList();
    if (only.isEmpty()) {
      Path page = Path.of(setting("CRASH_PAGE", "docs/crash-points.md"));
      CrashPage.write(page, models, rows);
      System.out.printf("crashpoints: the table is in %s%n", page);
    }
    failures.all().forEach(name -> System.out.println("crashpoints: ended otherwise: " + name));
    progress.sum(rows.size(), failures.all().size());
    return failures.all().isEmpty();
  }

  private Map<Strategy, Played> undisturbed() {
    List<Lanes.Task> tasks = new ArrayList<>();
    for (Strategy strategy : Strategy.values()) {
      tasks.add((player, name) -> player.undisturbed(name, strategy));
    }
    progress.plan(tasks.size());
    Map<Strategy, Played> models = new EnumMap<>(Strategy.class);
    lanes.play(tasks, progress::tell).forEach(model -> models.put(model.strategy(), model));
    models.values().stream()
        .filter(model -> !model.isWell())
        .findFirst()
        .ifPresent(
            model -> {
              throw new IllegalStateException(model.name() + " failed: " + model.wrongs());
            });
    return models;
  }

  private static Lanes.Task dying(Played model, List<CrashPoint> points) {
    FinalState expected = model.state().orElseThrow();
    return (player, name) -> player.dying(name, model.strategy(), points, expected);
  }

  /**
   * Of a recovery that ended otherwise, each point is played alone, to tell which it was; of
   * another, those that it did not come to.
   */
  private List<Row> alone(Played played, Played model) {
    if (!played.isWell()) {
      failures.keep(played);
    }
    List<CrashPoint> open = played.isWell() ? played.missed() : played.points();
    List<Row> rows = new ArrayList<>(played.isWell() ? rows(Stream.of(played)) : List.of());
    for (int attempt = 1; attempt <= ATTEMPTS && !open.isEmpty(); attempt++) {
      List<Lanes.Task> tasks = open.stream().map(point -> dying(model, List.of(point))).toList();
      progress.plan(tasks.size());
      List<Played> alone = lanes.play(tasks, progress::tell);
      alone.stream().filter(one -> !one.isWell()).forEach(failures::keep);
      rows.addAll(rows(alone.stream()));
      open = alone.stream().flatMap(one -> one.missed().stream()).toList();
    }
    open.forEach(point -> failures.missed(model.strategy(), point));
    return rows;
  }

  private static List<Row> rows(Stream<Played> played) {
    return played.flatMap(one -> one.deaths().stream().map(point -> new Row(point, one))).toList();
  }

  /** What is known up to now, for whoever ends it early. */
  private synchronized void write(Path page, Map<Strategy, Played> models, Stream<List<Row>> rows) {
    CrashPage.write(page, models, rows.flatMap(List::stream).toList());
  }
}
