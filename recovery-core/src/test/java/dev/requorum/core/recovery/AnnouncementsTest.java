package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S09")
@DisplayName("S09: what is told of an incident, whoever comes to tell it")
class AnnouncementsTest {

  private static final Duration AGE = Duration.ofMinutes(10);
  private static final Look LOOK = healthy(3);

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("records")
  void told(String story, RecoveryRecord record, List<Reason> reasons) {
    assertThat(Announcements.of(record, Look.AT, AGE))
        .extracting(Announcement::reason)
        .containsExactlyElementsOf(reasons);
  }

  static Stream<Arguments> records() {
    return Stream.of(
        arguments("no incident", Recorded.noIncident(LOOK), List.of()),
        arguments(
            "Detecting", Recorded.detecting(LOOK, Duration.ZERO, 50), List.of(Reason.QUORUM_LOST)),
        arguments(
            "Rebuilding",
            Recorded.rebuilding(LOOK, Step.FENCE, 2),
            List.of(Reason.QUORUM_LOST, Reason.RECOVERY_STARTED)),
        arguments(
            "ScalingOut",
            Recorded.in(LOOK, Phase.SCALING_OUT, 2),
            List.of(
                Reason.QUORUM_LOST,
                Reason.RECOVERY_STARTED,
                Reason.POSSIBLE_DATA_LOSS,
                Reason.RECOVERY_SCALING_OUT)),
        arguments(
            "Completed",
            Recorded.in(LOOK, Phase.COMPLETED, 2),
            List.of(
                Reason.QUORUM_LOST,
                Reason.RECOVERY_STARTED,
                Reason.POSSIBLE_DATA_LOSS,
                Reason.RECOVERY_SCALING_OUT,
                Reason.RECOVERY_COMPLETED)));
  }

  @Test
  @DisplayName("what came to be longer ago than the limit is told no more")
  void old() {
    RecoveryRecord record = Recorded.in(LOOK, Phase.COMPLETED, 2);
    assertThat(Announcements.of(record, Look.AT.plus(AGE).minusSeconds(6), AGE)).hasSize(4);
    assertThat(Announcements.of(record, Look.AT.plus(AGE).minusSeconds(1), AGE)).hasSize(1);
    assertThat(Announcements.of(record, Look.AT.plus(AGE), AGE)).isEmpty();
  }

  @Test
  @Tag("S21")
  @DisplayName("S21: an acknowledgement is told")
  void acknowledged() {
    RecoveryRecord record =
        Incidents.acknowledge(
            Recorded.in(LOOK, Phase.COMPLETED, 2), Optional.of(Recorded.INCIDENT), Look.AT);
    assertThat(Announcements.of(record, Look.AT, AGE))
        .extracting(Announcement::reason)
        .contains(Reason.DATA_LOSS_ACKNOWLEDGED);
    RecoveryRecord later =
        record.withHistory(List.of(record.incident().orElseThrow())).withIncident(Optional.empty());
    assertThat(Announcements.of(later, Look.AT, AGE))
        .extracting(Announcement::key)
        .containsExactly("i-1-acknowledged");
  }

  @Test
  @DisplayName("a loss that is known before members are added is told without them")
  void lossBeforeScalingOut() {
    RecoveryRecord record = Recorded.rebuilding(LOOK, Step.DISARM, 2);
    Incident measured =
        IncidentDraft.of(record.incident().orElseThrow())
            .withDataLoss(new DataLoss(Look.id(2), 40, 50, Look.AT, "lost"))
            .build();
    assertThat(Announcements.of(record.withIncident(Optional.of(measured)), Look.AT, AGE))
        .extracting(Announcement::reason)
        .contains(Reason.POSSIBLE_DATA_LOSS)
        .doesNotContain(Reason.RECOVERY_SCALING_OUT);
  }

  @Test
  @DisplayName(
      "the start warns of data loss and counts the attempt; the loss and its account are warnings")
  void wording() {
    List<Announcement> all =
        Announcements.of(Recorded.in(LOOK, Phase.SCALING_OUT, 2), Look.AT, AGE);
    assertThat(all.get(1).message()).contains("Attempt 1", "demo-2", "DATA LOSS IS POSSIBLE");
    assertThat(all).extracting(Announcement::warning).containsExactly(true, true, true, false);
    assertThat(all).extracting(Announcement::key).allMatch(key -> key.startsWith("i-1-"));
  }

  @Test
  @DisplayName("each reason for which a recovery is held is told once")
  void blocked() {
    RecoveryRecord record = Recorded.detecting(LOOK, Duration.ZERO, 50);
    Announcement told =
        Announcements.blocked(
            record.incident().orElseThrow(), Reason.MEMBER_UNREACHABLE, "why", Look.AT);
    assertThat(told.key()).isEqualTo("i-1-blocked-member-unreachable");
    assertThat(told.reason()).isEqualTo(Reason.RECOVERY_BLOCKED);
    assertThat(told.warning()).isTrue();
  }
}
