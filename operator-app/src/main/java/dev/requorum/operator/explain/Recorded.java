package dev.requorum.operator.explain;

import dev.requorum.ports.record.RecoveryRecord;
import java.util.Map;
import java.util.Optional;

/** What {@code status.recovery} says. */
sealed interface Recorded {

  /** It was understood; the empty record where nothing is stored. */
  record Readable(RecoveryRecord record) implements Recorded {}

  /**
   * It was not, and no operator of this version would act on it either.
   *
   * @param why names the field
   * @param stored as it stands there
   */
  record Unreadable(String why, Map<?, ?> stored) implements Recorded {

    public Unreadable {
      stored = Map.copyOf(stored);
    }

    /** A field's text; empty where there is none. */
    Optional<String> text(String field) {
      return stored.get(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }
  }
}
