package dev.requorum.core.sim;

import java.util.ArrayList;
import java.util.List;

/** What happens, from a healthy cluster on. The seed decides all that is left to chance. */
record Story(long seed, Setup setup, List<Event> events) {

  Story {
    events = List.copyOf(events);
  }

  Story with(List<Event> others) {
    return new Story(seed, setup, others);
  }

  Story with(Setup other) {
    return new Story(seed, other, events);
  }

  /** In words, with turns in a row in one line. */
  List<String> inWords() {
    List<String> lines = new ArrayList<>();
    lines.add(setup.inWords());
    int turns = 0;
    for (int i = 0; i < events.size(); i++) {
      turns++;
      boolean last = i + 1 == events.size() || !events.get(i + 1).equals(events.get(i));
      if (last) {
        String words = events.get(i).inWords();
        lines.add(turns == 1 ? words : words + " (%d times)".formatted(turns));
        turns = 0;
      }
    }
    return lines;
  }
}
