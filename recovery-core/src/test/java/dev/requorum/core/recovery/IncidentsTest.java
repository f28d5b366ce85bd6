package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S07")
@Tag("S21")
@DisplayName("S07, S21: incidents in a record")
class IncidentsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Look LOST = healthy(3).leaderless().gone(0).gone(1);
  private static final Assessment LOSS = QuorumAssessor.assess(LOST.seen(), LOST.lastKnown());

  @Test
  @DisplayName(
      "a detected incident says who is missing and why, and moves the one before to the history")
  void detect() {
    RecoveryRecord before = Recorded.in(LOST, Phase.COMPLETED, 2);
    RecoveryRecord after = Incidents.detect(before, LOSS, Look.AT, HOUR);
    Incident incident = after.incident().orElseThrow();
    assertThat(incident.id()).isEqualTo("20260131-120000-1");
    assertThat(incident.detectedAt()).isEqualTo(Look.AT);
    assertThat(incident.evidence().missing())
        .extracting(m -> m.name())
        .containsExactly("demo-0", "demo-1");
    assertThat(after.history()).hasSize(1);
    assertThat(Incidents.forget(after)).isEqualTo(before);
  }

  @Test
  @DisplayName("the history is bounded; what a human has not acknowledged is dropped last")
  void bounded() {
    RecoveryRecord record = Recorded.in(LOST, Phase.COMPLETED, 2);
    for (int i = 0; i < 2 * RecoveryRecord.HISTORY_LIMIT; i++) {
      record = Incidents.detect(record, LOSS, Look.AT.plusSeconds(i), HOUR);
    }
    assertThat(record.history()).hasSize(RecoveryRecord.HISTORY_LIMIT);
    assertThat(record.history().get(0).id()).isEqualTo(Recorded.INCIDENT);
    assertThat(record.history().get(0).unacknowledged()).isTrue();
  }

  @Test
  @DisplayName("an acknowledgement counts for its incident only, and its time is written once")
  void acknowledge() {
    RecoveryRecord record = Recorded.in(LOST, Phase.COMPLETED, 2);
    assertThat(Incidents.acknowledge(record, Optional.of("i-2"), Look.AT)).isEqualTo(record);
    assertThat(Incidents.acknowledge(record, Optional.empty(), Look.AT)).isSameAs(record);
    RecoveryRecord acknowledged =
        Incidents.acknowledge(record, Optional.of(Recorded.INCIDENT), Look.AT);
    assertThat(acknowledged.incident().orElseThrow().acknowledgedAt()).contains(Look.AT);
    assertThat(
            Incidents.acknowledge(
                acknowledged, Optional.of(Recorded.INCIDENT), Look.AT.plusSeconds(9)))
        .isEqualTo(acknowledged);
  }

  @Test
  @DisplayName("an incident in the history is acknowledged, too")
  void acknowledgeOld() {
    RecoveryRecord record = Incidents.detect(Recorded.in(LOST, Phase.COMPLETED, 2), LOSS, Look.AT, HOUR);
    RecoveryRecord after = Incidents.acknowledge(record, Optional.of(Recorded.INCIDENT), Look.AT);
    assertThat(after.history().get(0).acknowledgedAt()).contains(Look.AT);
  }

  @Test
  @Tag("S20")
  @DisplayName("S20: a data loss that is there is not written over")
  void dataLossOnce() {
    Incident incident = Recorded.in(LOST, Phase.SCALING_OUT, 2).incident().orElseThrow();
    DataLoss other = new DataLoss(Look.id(1), 1, 1, Look.AT, "another");
    assertThat(IncidentDraft.of(incident).withDataLoss(other).build()).isEqualTo(incident);
  }
}
