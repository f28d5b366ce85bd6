package dev.requorum.ports;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Something that was looked at: either known, or unknown with the reason why. Unknown is never a
 * value: nobody may count it as down, absent, or zero.
 */
public sealed interface Fact<T> {

  /**
   * The look succeeded. {@code seen} is never null; an absence is a known {@code Optional.empty()}.
   */
  record Known<T>(T seen) implements Fact<T> {
    public Known {
      Objects.requireNonNull(seen, "seen");
    }
  }

  /**
   * The look failed. {@code cause} is a sentence for a human: an address and an error, never a
   * secret.
   */
  record Unknown<T>(String cause) implements Fact<T> {
    public Unknown {
      Objects.requireNonNull(cause, "cause");
    }
  }

  static <T> Fact<T> known(T value) {
    return new Known<>(value);
  }

  static <T> Fact<T> unknown(String why) {
    return new Unknown<>(why);
  }

  default boolean isKnown() {
    return this instanceof Known<T>;
  }

  /** The value, or empty where it is unknown. */
  default Optional<T> value() {
    return this instanceof Known<T> known ? Optional.of(known.seen()) : Optional.empty();
  }

  /** Why it is unknown; empty where it is known. */
  default Optional<String> why() {
    return this instanceof Unknown<T> unknown ? Optional.of(unknown.cause()) : Optional.empty();
  }

  default <R> Fact<R> map(Function<? super T, ? extends R> function) {
    if (this instanceof Known<T> known) {
      return new Known<>(function.apply(known.seen()));
    }
    return new Unknown<>(why().orElseThrow());
  }
}
