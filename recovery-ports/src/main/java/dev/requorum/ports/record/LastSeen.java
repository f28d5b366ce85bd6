package dev.requorum.ports.record;

import dev.requorum.ports.etcd.MemberId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a member was when it was last seen before the loss.
 *
 * @param revision 0 where it was never seen
 */
public record LastSeen(MemberId id, String name, long revision, Optional<Instant> at) {

  public LastSeen {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(at, "at");
  }
}
