package dev.requorum.e2e.chaos;

import java.util.List;
import java.util.Objects;

/**
 * How a round came out.
 *
 * @param summary one line for people
 * @param violations in sentences; empty where all was as it must be
 */
record Outcome(String summary, List<String> violations) {

  Outcome {
    Objects.requireNonNull(summary, "summary");
    violations = List.copyOf(violations);
  }

  boolean isFine() {
    return violations.isEmpty();
  }
}
