package dev.requorum.e2e.histories;

import java.util.Objects;

/**
 * What a client asks for.
 *
 * @param value what is written; empty for a read
 * @param expected of a swap: the revision that the key was last written at, 0 where it must not be
 *     there
 */
record Request(Kind kind, String key, String value, long expected) {

  /** What is done to the key. */
  enum Kind {
    /** Writes it. */
    PUT("put"),
    /** Reads it, linearizably. */
    GET("get"),
    /** Writes it where it was last written at the expected revision; reads it otherwise. */
    SWAP("cas");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As the checker calls it. */
    String word() {
      return word;
    }
  }

  Request {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    if (expected < 0) {
      throw new IllegalArgumentException("expected must be a revision or 0, not " + expected);
    }
  }

  static Request put(String key, String value) {
    return new Request(Kind.PUT, key, value, 0);
  }

  static Request get(String key) {
    return new Request(Kind.GET, key, "", 0);
  }

  static Request swap(String key, long expected, String value) {
    return new Request(Kind.SWAP, key, value, expected);
  }
}
