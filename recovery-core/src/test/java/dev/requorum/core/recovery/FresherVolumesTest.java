package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Decision;
import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Announcement;
import dev.requorum.ports.Reason;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S12")
@DisplayName("S12: members that are down with later data than any that answers")
class FresherVolumesTest {

  private static final RecoveryPolicy POLICY = RecoveryPolicy.defaults();

  @Test
  @DisplayName("are waited for, by name, revision and time, and nobody has to act before")
  void waitedFor() {
    Decision decision = after(behind(), Duration.ofSeconds(500));

    assertThat(decision.reason()).isEqualTo(Reason.FRESHER_VOLUME);
    assertThat(decision.blocked()).isFalse();
    assertThat(decision.message())
        .contains("demo-1 (revision 40)", "until " + Look.AT.plusSeconds(99));
    assertThat(incident(decision).phase()).isEqualTo(Phase.DETECTING);
    assertThat(incident(decision).plan()).isEmpty();
  }

  @Test
  @DisplayName("are passed over by name once they were waited for as long as the policy says")
  void passedOver() {
    Decision decision = after(behind(), POLICY.downGracePeriod());

    assertThat(incident(decision).phase()).isEqualTo(Phase.REBUILDING);
    assertThat(incident(decision).plan().orElseThrow().passedOver())
        .containsExactly(new PassedOver(Look.id(1), Look.name(1), "claim-1", 40));
    assertThat(decision.next().volumesToKeep()).containsExactly("claim-1");
    assertThat(decision.message()).contains("passing over demo-1 (revision 40)");
    assertThat(decision.announcements())
        .filteredOn(told -> told.reason() == Reason.RECOVERY_STARTED)
        .extracting(Announcement::message)
        .singleElement()
        .asString()
        .contains("Attempt 1", "passing over demo-1 (revision 40)", "DATA LOSS IS POSSIBLE");
  }

  @Test
  @DisplayName("come the latest first, and all of them")
  void latestFirst() {
    Look look = healthy(5).answer(1, Answers.freshness(3, 60, 45)).leaderless().gone(0);
    RecoveryRecord before =
        Recorded.detecting(look, POLICY.downGracePeriod(), 60).withLastKnown(look.knownNow());
    look.down(1).down(3).answer(2, Answers.freshness(3, 50, 39)).gone(4);
    assertThat(incident(decide(look, before)).plan().orElseThrow().passedOver())
        .extracting(PassedOver::name)
        .containsExactly("demo-1", "demo-3");
  }

  @Test
  @DisplayName(
      "are neither waited for nor passed over where they are gone, nor where they are not later")
  void neither() {
    Look gone = healthy(3).leaderless().gone(0).gone(1).answer(2, Answers.freshness(3, 50, 39));
    Look replaced =
        healthy(3)
            .leaderless()
            .gone(0)
            .noPod(1)
            .volume(1, "new")
            .answer(2, Answers.freshness(3, 50, 39));
    Look level = healthy(3).leaderless().gone(0).down(1);
    for (Look look : List.of(gone, replaced, level)) {
      assertThat(after(look, Duration.ofSeconds(30)).reason())
          .isEqualTo(Reason.WAITING_GRACE_PERIOD);
      assertThat(incident(after(look, POLICY.downGracePeriod())).plan().orElseThrow().passedOver())
          .isEmpty();
    }
  }

  private static Look behind() {
    return healthy(3).leaderless().gone(0).down(1).answer(2, Answers.freshness(3, 50, 39));
  }

  private static Decision after(Look look, Duration observed) {
    return decide(look, Recorded.detecting(look, observed, 50));
  }

  private static Incident incident(Decision decision) {
    return decision.next().incident().orElseThrow();
  }

  private static Decision decide(Look look, RecoveryRecord before) {
    return Steady.decide(look, before, POLICY);
  }
}
