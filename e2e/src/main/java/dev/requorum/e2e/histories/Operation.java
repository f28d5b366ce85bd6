package dev.requorum.e2e.histories;

import java.util.Objects;

/**
 * A request of a client, and how it ended.
 *
 * @param member the pod that was asked
 * @param called when, in nanoseconds since the history began
 * @param returned when the client knew the result, on the same clock
 */
record Operation(
    int client, String member, Request request, long called, long returned, Result result) {

  Operation {
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(result, "result");
  }

  /** Whether the client was told that it wrote. */
  boolean isAcknowledgedWrite() {
    return result.answer().filter(Answer::written).isPresent();
  }
}
