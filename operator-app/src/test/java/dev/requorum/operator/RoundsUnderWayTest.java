package dev.requorum.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rounds under way")
class RoundsUnderWayTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final RoundsUnderWay rounds = new RoundsUnderWay();

  @Test
  @DisplayName("are waited for, and over only once the last has ended")
  void awaited() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<String> round =
        CompletableFuture.supplyAsync(
            () -> rounds.run(() -> blocked(begun, mayEnd)).orElse("not begun"));
    begun.await();

    rounds.letNoneIn();
    assertThat(rounds.awaitEnd(Duration.ofMillis(1))).isOne();
    assertThat(rounds.areOver()).isFalse();

    CompletableFuture<Integer> left = CompletableFuture.supplyAsync(() -> rounds.awaitEnd(LONG));
    mayEnd.countDown();
    assertThat(left.join()).isZero();
    assertThat(rounds.areOver()).isTrue();
    assertThat(round.join()).isEqualTo("ended");
  }

  @Test
  @DisplayName("are not over as long as another may begin, and none begins afterwards")
  void letNoneIn() {
    assertThat(rounds.areOver()).isFalse();
    assertThat(rounds.run(() -> "begun")).contains("begun");

    rounds.letNoneIn();

    assertThat(rounds.run(() -> "begun")).isEmpty();
    assertThat(rounds.areOver()).isTrue();
  }

  @Test
  @DisplayName("end by an exception too")
  void exception() {
    assertThatThrownBy(
            () ->
                rounds.run(
                    () -> {
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");
    assertThat(rounds.awaitEnd(LONG)).isZero();
  }

  private static String blocked(CountDownLatch begun, CountDownLatch mayEnd) {
    begun.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "ended";
  }
}
