package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.core.quorum.Assessment;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
      record = Incidents.detect(record, LOSS, Look.AT.plusSeconds(i), Duration.ofSeconds(1));
    }
    assertThat(record.history()).hasSize(RecoveryRecord.HISTORY_LIMIT);
    assertThat(record.history().get(0).id()).isEqualTo(Recorded.INCIDENT);
    assertThat(record.history().get(0).unacknowledged()).isTrue();
  }

  @Test
  @Tag("S22")
  @DisplayName(
      "S22: a rebuild that counts against the limit is not dropped, whatever is acknowledged")
  void countedStay() {
    List<Incident> history = new ArrayList<>();
    for (int i = 0; i < RecoveryRecord.HISTORY_LIMIT; i++) {
      boolean recent = i >= RecoveryRecord.HISTORY_LIMIT - 3;
      history.add(begun("old-" + i, Look.AT.minus(HOUR), false));
      if (recent) {
        history.set(i, begun("recent-" + i, Look.AT.minus(HOUR).plusMillis(1), true));
      }
    }
    RecoveryRecord record =
        Recorded.in(LOST, Phase.COMPLETED, 2)
            .withHistory(history)
            .withIncident(Optional.of(begun("last", Look.AT.minusSeconds(60), true)));
    RecoveryRecord after = Incidents.detect(record, LOSS, Look.AT, HOUR);
    assertThat(after.history())
        .hasSize(RecoveryRecord.HISTORY_LIMIT)
        .extracting(Incident::id)
        .contains("recent-7", "recent-8", "recent-9", "last")
        .doesNotContain("old-0");
  }

  @Test
  @DisplayName("an incident whose passed-over volumes must stay is dropped after all others")
  void keptForItsVolumes() {
    RecoveryRecord record = Recorded.restoring(LOST, Step.VERIFY, 2, 1);
    Incident keeps =
        IncidentDraft.of(record.incident().orElseThrow())
            .planning(
                Optional.of(
                    new RecoveryPlan(
                        Strategy.RESTORE,
                        "",
                        record.incident().orElseThrow().survivor().orElseThrow(),
                        1,
                        List.of(new PassedOver(Look.id(1), Look.name(1), "claim-1", 44)),
                        "0a")))
            .withDataLoss(new DataLoss(Look.id(2), 1, 1, Look.AT.minus(HOUR), "lost"))
            .completed(Look.AT.minus(HOUR))
            .build();
    record = record.withIncident(Optional.of(keeps));
    for (int i = 0; i <= RecoveryRecord.HISTORY_LIMIT; i++) {
      record =
          Incidents.detect(record, LOSS, Look.AT, HOUR)
              .withIncident(Optional.of(begun("later-" + i, Look.AT, false)));
    }
    assertThat(record.history()).hasSize(RecoveryRecord.HISTORY_LIMIT).contains(keeps);
    assertThat(record.volumesToKeep()).containsExactly("claim-1");
  }

  @Test
  @DisplayName("a plan that passed nobody over keeps no volume, and its incident no place")
  void planAlone() {
    RecoveryRecord record = Recorded.restoring(LOST, Step.VERIFY, 2, 1);
    Incident keeps = planned(record, List.of(new PassedOver(Look.id(1), "demo-1", "claim-1", 44)));
    record = record.withIncident(Optional.of(keeps));
    for (int i = 0; i <= RecoveryRecord.HISTORY_LIMIT; i++) {
      Incident later = planned(Recorded.restoring(LOST, Step.VERIFY, 2, 1), List.of());
      record = Incidents.detect(record, LOSS, Look.AT, HOUR).withIncident(Optional.of(later));
    }
    assertThat(record.history()).hasSize(RecoveryRecord.HISTORY_LIMIT).contains(keeps);
  }

  /** Completed an hour ago, by a plan that passed these over. */
  private static Incident planned(RecoveryRecord record, List<PassedOver> passedOver) {
    Incident incident = record.incident().orElseThrow();
    RecoveryPlan plan =
        new RecoveryPlan(
            Strategy.RESTORE, "", incident.survivor().orElseThrow(), 1, passedOver, "0a");
    return IncidentDraft.of(incident)
        .planning(Optional.of(plan))
        .withDataLoss(new DataLoss(Look.id(2), 1, 1, Look.AT.minus(HOUR), "lost"))
        .completed(Look.AT.minus(HOUR))
        .build();
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
    RecoveryRecord record =
        Incidents.detect(Recorded.in(LOST, Phase.COMPLETED, 2), LOSS, Look.AT, HOUR);
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

  private static Incident begun(String id, Instant at, boolean acknowledged) {
    Incident done = Recorded.in(LOST, Phase.COMPLETED, 2).incident().orElseThrow();
    Incident named =
        new Incident(
            id,
            done.phase(),
            done.step(),
            done.reason(),
            done.message(),
            done.detectedAt(),
            Optional.of(at),
            done.completedAt(),
            done.evidence(),
            done.survivor(),
            done.copy(),
            done.armedAt(),
            done.dataLoss(),
            done.acknowledgedAt(),
            done.stepSince());
    return acknowledged ? IncidentDraft.of(named).acknowledged(Look.AT).build() : named;
  }
}
