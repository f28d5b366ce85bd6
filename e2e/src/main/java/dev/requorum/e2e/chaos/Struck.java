package dev.requorum.e2e.chaos;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the faults of a round took from whom: needed to say whether a survivor was left. */
final class Struck {

  private final Map<Integer, Instant> endedAt = new HashMap<>();
  private final Set<String> emptied = new HashSet<>();

  /** A fault ended the process of that member. */
  synchronized void ended(int ordinal) {
    endedAt.put(ordinal, Instant.now());
  }

  /** When a fault last ended it. */
  synchronized Optional<Instant> endedAt(int ordinal) {
    return Optional.ofNullable(endedAt.get(ordinal));
  }

  /** A fault emptied the volume that the member of this id had. */
  synchronized void emptied(String memberId) {
    emptied.add(memberId);
  }

  synchronized boolean wasEmptied(String memberId) {
    return emptied.contains(memberId);
  }
}
