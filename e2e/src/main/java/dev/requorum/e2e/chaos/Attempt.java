package dev.requorum.e2e.chaos;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One write of a key that nobody else writes.
 *
 * @param begun when the client began it, by the client's clock
 * @param accepted what it was promised; empty where it got no acknowledgement, and so may be there
 *     or not
 */
record Attempt(String key, Instant begun, Optional<Gateway.Accepted> accepted) {

  Attempt {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(begun, "begun");
    Objects.requireNonNull(accepted, "accepted");
  }
}
