package dev.requorum.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.operator.status.Finding.Truth;
import dev.requorum.operator.status.Finding.Type;
import dev.requorum.ports.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A list of conditions")
class ConditionListTest {

  private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");
  private static final Instant NOW = Instant.parse("2026-01-31T13:00:00.5Z");

  @Test
  @DisplayName("keeps the transition time while the status stays, whatever else changes")
  void sameStatus() {
    List<Condition> before = first(Truth.TRUE);

    Condition after =
        ConditionList.merge(before, List.of(available(Truth.TRUE, "other")), 2, NOW).get(0);

    assertThat(after.getLastTransitionTime()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(after.getMessage()).isEqualTo("other");
    assertThat(after.getObservedGeneration()).isEqualTo(2);
  }

  @Test
  @DisplayName("sets the transition time when the status changes")
  void otherStatus() {
    Condition after =
        ConditionList.merge(first(Truth.TRUE), List.of(available(Truth.FALSE, "words")), 1, NOW)
            .get(0);

    assertThat(after.getLastTransitionTime()).isEqualTo("2026-01-31T13:00:00Z");
  }

  @Test
  @DisplayName("keeps what nothing was found about: the mark of a data loss survives a bad spec")
  void untouched() {
    Finding loss =
        new Finding(Type.DATA_LOSS_POSSIBLE, Truth.TRUE, Reason.POSSIBLE_DATA_LOSS, "some writes");
    List<Condition> before = ConditionList.merge(List.of(), List.of(loss), 1, THEN);

    List<Condition> after =
        ConditionList.merge(before, Findings.refused(Reason.INVALID_SPEC, "tls"), 2, NOW);

    assertThat(after)
        .extracting(Condition::getType)
        .containsExactlyInAnyOrder("Available", "Progressing", "Degraded", "DataLossPossible");
    assertThat(after).containsAll(before);
  }

  private static List<Condition> first(Truth truth) {
    return ConditionList.merge(List.of(), List.of(available(truth, "words")), 1, THEN);
  }

  private static Finding available(Truth truth, String message) {
    return new Finding(Type.AVAILABLE, truth, Reason.QUORATE, message);
  }
}
