package dev.requorum.e2e.histories;

import java.util.Objects;

/**
 * A key as it is stored.
 *
 * @param modRevision the revision that wrote it last
 */
record Entry(String key, String value, long modRevision) {

  Entry {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }
}
