package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A kubelet's back-off")
class CrashLoopBackOffTest {
  private static final Duration SHORT_RUN = Duration.ofSeconds(1);

  private final CrashLoopBackOff backOff =
      new CrashLoopBackOff(Duration.ofSeconds(10), Duration.ofMinutes(5));

  @Test
  @DisplayName("is nothing the first time, then 10 s, doubled up to 5 min")
  void doubles() {
    List<Long> waits =
        Stream.generate(() -> backOff.after(SHORT_RUN).toSeconds()).limit(8).toList();

    assertThat(waits).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
  }

  @Test
  @DisplayName("is forgotten after a run of more than 10 min")
  void forgets() {
    backOff.after(SHORT_RUN);
    backOff.after(SHORT_RUN);

    assertThat(backOff.after(Duration.ofMinutes(10).plusSeconds(1))).isZero();
    assertThat(backOff.after(SHORT_RUN)).isEqualTo(Duration.ofSeconds(10));
  }
}
