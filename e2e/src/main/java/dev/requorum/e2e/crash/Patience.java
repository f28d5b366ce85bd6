package dev.requorum.e2e.crash;

import dev.requorum.e2e.world.Await;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A machine under load answers late: no reason to take a recovery for one that went wrong. */
final class Patience {

  static final Duration LIMIT = Duration.ofMinutes(10);

  private Patience() {}

  /** Does something that may be done twice, until it can be done. */
  static void until(String what, Runnable deed) {
    get(
        what,
        () -> {
          deed.run();
          return what;
        });
  }

  /**
   * What comes of it once it can be had.
   *
   * @throws AssertionError where it cannot within the limit, with why
   */
  static <T> T get(String what, Supplier<T> look) {
    AtomicReference<String> last = new AtomicReference<>("");
    return Await.untilPresent(
        what,
        LIMIT,
        () -> {
          try {
            return Optional.of(look.get());
          } catch (RuntimeException later) {
            last.set(String.valueOf(later.getMessage()));
            return Optional.empty();
          }
        },
        last::get);
  }

  /** Looks no more often than that, and says no in between: every look takes its time. */
  static BooleanSupplier atMostEvery(Duration pause, BooleanSupplier look) {
    AtomicLong last = new AtomicLong(System.nanoTime() - pause.toNanos());
    return () -> {
      if (System.nanoTime() - last.get() < pause.toNanos()) {
        return false;
      }
      boolean so = look.getAsBoolean();
      last.set(System.nanoTime());
      return so;
    };
  }

  /** Whether it is so; false too where nobody answers. */
  static boolean isSo(BooleanSupplier look) {
    try {
      return look.getAsBoolean();
    } catch (RuntimeException later) { // what is not found and who does not answer look alike
      return false;
    }
  }
}
