package dev.requorum.fabric8.status;

import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A field of the stored status, which every complaint about its content names. */
record Field(String path) {

  /** The whole of {@code status.recovery}. */
  static Field root() {
    return new Field("status.recovery");
  }

  Field at(String name) {
    return new Field(path + "." + name);
  }

  static <T> List<T> list(List<T> stored) {
    return stored == null ? List.of() : stored;
  }

  <T> T required(T stored) {
    if (stored == null) {
      throw new UnreadableStatusException(path + " is missing", null);
    }
    return stored;
  }

  Instant instant(String stored) {
    return parsed(required(stored), Instant::parse, "a time such as 2026-01-31T12:00:00Z");
  }

  Optional<Instant> optionalInstant(String stored) {
    return Optional.ofNullable(stored).map(this::instant);
  }

  Duration duration(String stored) {
    return parsed(required(stored), Duration::parse, "an ISO 8601 duration such as PT59.5S");
  }

  MemberId memberId(String stored) {
    return parsed(required(stored), MemberId::parse, "an id in hexadecimal");
  }

  Optional<ClusterId> optionalClusterId(String stored) {
    return Optional.ofNullable(stored)
        .map(id -> parsed(id, ClusterId::parse, "an id in hexadecimal"));
  }

  /** A word out of a closed set; {@code ofWord} throws IllegalArgumentException for any other. */
  <T> T word(String stored, Function<String, T> ofWord) {
    return parsed(required(stored), ofWord, "a word that is known here");
  }

  /** Builds what has rules of its own, so that a breach of them names this field. */
  <T> T built(Supplier<T> value) {
    try {
      return value.get();
    } catch (UnreadableStatusException alreadyNamed) {
      throw alreadyNamed;
    } catch (IllegalArgumentException e) {
      throw new UnreadableStatusException(path + " breaks a rule: " + e.getMessage(), e);
    }
  }

  private <T> T parsed(String stored, Function<String, T> parser, String valid) {
    try {
      return parser.apply(stored);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableStatusException(
          "%s is \"%s\", which is not %s".formatted(path, stored, valid), e);
    }
  }
}
