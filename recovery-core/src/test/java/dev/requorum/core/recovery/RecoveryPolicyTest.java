package dev.requorum.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.ports.etcd.ProbeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S22")
@DisplayName("S22: a policy bounds each wait, and refuses what is no bound, by name")
class RecoveryPolicyTest {

  private static final List<String> WAITS =
      List.of(
          "gracePeriod",
          "downGracePeriod",
          "incidentInterval",
          "calmInterval",
          "longestCredit",
          "lastKnownInterval",
          "announcementAge",
          "stepLimit");

  @ParameterizedTest(name = "{0} s")
  @ValueSource(longs = {0, -1})
  @DisplayName("no wait is zero, or less")
  void positive(long seconds) {
    for (String name : WAITS) {
      assertThatThrownBy(() -> policy(name, Duration.ofSeconds(seconds)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(name + " must be longer than zero");
    }
  }

  @Test
  @DisplayName("what may come back is waited for at least as long as what cannot")
  void longerForTheDown() {
    Duration minute = Duration.ofMinutes(1);
    RecoveryPolicy equal = RecoveryPolicy.defaults().withWindows(minute, minute);
    assertThat(equal.gracePeriod()).isEqualTo(minute);
    assertThat(equal.downGracePeriod()).isEqualTo(minute);
    assertThatThrownBy(() -> equal.withWindows(minute, minute.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("downGracePeriod must not be shorter than gracePeriod");
  }

  @Test
  @DisplayName("a restore raises the revision by one at least")
  void bump() {
    RecoveryPolicy policy = RecoveryPolicy.defaults();
    assertThat(policy.withLimits(policy.attempts(), 1).revisionBump()).isEqualTo(1);
    assertThatThrownBy(() -> policy.withLimits(policy.attempts(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("revisionBump must be 1 or more");
  }

  @Test
  @DisplayName("from one rebuild within the window to as many as are remembered")
  void attempts() {
    Duration hour = Duration.ofHours(1);
    assertThat(new AttemptLimits(1, hour, hour).maxAttempts()).isEqualTo(1);
    assertThat(new AttemptLimits(AttemptLimits.MOST, hour, hour).maxAttempts()).isEqualTo(10);
    for (int wrong : new int[] {0, AttemptLimits.MOST + 1}) {
      assertThatThrownBy(() -> new AttemptLimits(wrong, hour, hour))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("maxAttempts must be from 1 to 10, not " + wrong);
    }
    assertThatThrownBy(() -> new AttemptLimits(1, Duration.ZERO, hour))
        .hasMessageStartingWith("window must be longer");
    assertThatThrownBy(() -> new AttemptLimits(1, hour, Duration.ZERO))
        .hasMessageStartingWith("coolDown must be longer");
  }

  /** The defaults but for one wait. */
  private static RecoveryPolicy policy(String name, Duration wait) {
    List<Duration> waits = new ArrayList<>();
    for (String each : WAITS) {
      waits.add(each.equals(name) ? wait : Duration.ofMinutes(1));
    }
    return new RecoveryPolicy(
        waits.get(0),
        waits.get(1),
        waits.get(2),
        waits.get(3),
        waits.get(4),
        waits.get(5),
        waits.get(6),
        waits.get(7),
        new ProbeLimits(Duration.ofSeconds(2), Duration.ofSeconds(30)),
        AttemptLimits.defaults(),
        1);
  }
}
