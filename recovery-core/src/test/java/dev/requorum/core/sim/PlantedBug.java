package dev.requorum.core.sim;

import java.util.List;

/**
 * A real mistake, as a change to the product's source.
 *
 * @param name in a word or two
 * @param mistake what somebody got wrong, in words
 */
record PlantedBug(String name, String mistake, List<Edit> edits) {

  /**
   * One place of it.
   *
   * @param type the class, below {@code dev.requorum.core}
   * @param old text that is there exactly once
   * @param with what stands there instead
   */
  record Edit(String type, String old, String with) {}

  PlantedBug {
    edits = List.copyOf(edits);
  }

  PlantedBug(String name, String mistake, String type, String old, String with) {
    this(name, mistake, List.of(new Edit(type, old, with)));
  }
}
