package dev.requorum.core.sim;

import java.util.ArrayList;
import java.util.List;

/** Leaves out of a failing story all that it fails without, in the same way. */
final class Shrinker {

  private static final int PLAYED_AT_MOST = 4000;

  private final String how;
  private Story shortest;
  private int played;

  private Shrinker(Story failing) {
    this.shortest = failing;
    this.how = kind(failing).orElseThrow();
  }

  /** The shortest story found that fails as this one does. */
  static Story shortest(Story failing) {
    Shrinker shrinker = new Shrinker(failing);
    shrinker.shrink();
    return shrinker.shortest;
  }

  /** The first violation without its figures and names. */
  private static java.util.Optional<String> kind(Story story) {
    return Simulation.play(story, false).violations().stream()
        .findFirst()
        .map(what -> what.replaceAll("[0-9a-f]*[0-9][0-9a-f]*", "#").split(":")[0]);
  }

  private void shrink() {
    int before;
    do {
      before = shortest.events().size();
      for (int chunk = Math.max(1, before / 2); chunk >= 1; chunk /= 2) {
        without(chunk);
      }
    } while (shortest.events().size() < before && played < PLAYED_AT_MOST);
  }

  private void without(int chunk) {
    int at = 0;
    while (at < shortest.events().size() && played < PLAYED_AT_MOST) {
      List<Event> fewer = new ArrayList<>(shortest.events());
      fewer.subList(at, Math.min(fewer.size(), at + chunk)).clear();
      Story candidate = shortest.with(fewer);
      played++;
      if (kind(candidate).filter(how::equals).isPresent()) {
        shortest = candidate;
      } else {
        at += chunk;
      }
    }
  }
}
