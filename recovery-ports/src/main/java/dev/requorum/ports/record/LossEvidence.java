package dev.requorum.ports.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What speaks for a loss so far.
 *
 * @param observedLost for how long the loss was observed without interruption. Time in which nobody
 *     looked is credited only in small pieces, so that neither a clock that jumps nor an operator
 *     that was away can end the window by itself.
 * @param lastLook when the loss was last seen
 * @param raftIndex the highest committed raft index of any voter seen during this loss: a rise
 *     means that a quorum was there in between
 * @param missing the voters that did not answer at the last look, sorted by name
 */
public record LossEvidence(
    Duration observedLost, Instant lastLook, long raftIndex, List<MissingVoter> missing) {

  public LossEvidence {
    if (observedLost.isNegative()) {
      throw new IllegalArgumentException("observedLost must not be negative: " + observedLost);
    }
    Objects.requireNonNull(lastLook, "lastLook");
    missing = List.copyOf(missing);
  }
}
