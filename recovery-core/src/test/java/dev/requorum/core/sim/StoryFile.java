package dev.requorum.core.sim;

import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.Strategy;
import java.util.ArrayList;
import java.util.List;

/**
 * A story in plain text, which stays the same whatever becomes of the storyteller. A line is an
 * event with its figures, times how often in a row; the first two name seed and setup. What follows
 * a {@code #} is for humans.
 *
 * <pre>
 * seed 417
 * setup size=3 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=false busy=5 mended=true
 * BREAK 0
 * TURN 0 x 24
 * </pre>
 */
final class StoryFile {

  private StoryFile() {}

  static List<String> write(Story story) {
    List<String> lines = new ArrayList<>();
    Setup setup = story.setup();
    lines.add("seed " + story.seed());
    lines.add(
        "setup size=%d strategy=%s mode=%s preVote=%b openEarly=%b busy=%d mended=%b"
            .formatted(
                setup.size(),
                setup.strategy(),
                setup.mode(),
                setup.preVote(),
                setup.openEarly(),
                setup.busy(),
                setup.mended()));
    int times = 0;
    for (int i = 0; i < story.events().size(); i++) {
      times++;
      Event event = story.events().get(i);
      if (i + 1 == story.events().size() || !story.events().get(i + 1).equals(event)) {
        lines.add(figures(event) + (times > 1 ? " x " + times : ""));
        times = 0;
      }
    }
    return lines;
  }

  private static String figures(Event event) {
    return "%s %d %d %d"
        .formatted(event.kind(), event.a(), event.b(), event.c())
        .replaceFirst("( 0)+$", "");
  }

  /**
   * The story of these lines.
   *
   * @throws IllegalArgumentException where a line is none of a story's
   */
  static Story read(List<String> lines) {
    List<String> plain =
        lines.stream()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    long seed = Long.parseLong(word(plain.get(0), "seed "));
    Setup setup = setup(word(plain.get(1), "setup "));
    List<Event> events = new ArrayList<>();
    plain.subList(2, plain.size()).forEach(line -> addEvents(line, events));
    return new Story(seed, setup, events);
  }

  private static String word(String line, String before) {
    if (!line.startsWith(before)) {
      throw new IllegalArgumentException("not '%s...' but '%s'".formatted(before, line));
    }
    return line.substring(before.length());
  }

  private static Setup setup(String text) {
    return new Setup(
        Integer.parseInt(value(text, "size")),
        Strategy.valueOf(value(text, "strategy")),
        RecoveryWish.Mode.valueOf(value(text, "mode")),
        Boolean.parseBoolean(value(text, "preVote")),
        Boolean.parseBoolean(value(text, "openEarly")),
        Integer.parseInt(value(text, "busy")),
        Boolean.parseBoolean(value(text, "mended")));
  }

  private static String value(String text, String name) {
    for (String word : text.split(" ")) {
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
    }
    throw new IllegalArgumentException("no %s= in 'setup %s'".formatted(name, text));
  }

  private static void addEvents(String line, List<Event> events) {
    String[] parts = line.split(" x ");
    String[] words = parts[0].split(" ");
    int[] figures = new int[3];
    for (int i = 1; i < words.length; i++) {
      figures[i - 1] = Integer.parseInt(words[i]);
    }
    Event event = Event.of(Event.Kind.valueOf(words[0]), figures[0], figures[1], figures[2]);
    int times = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
    for (int i = 0; i < times; i++) {
      events.add(event);
    }
  }
}
