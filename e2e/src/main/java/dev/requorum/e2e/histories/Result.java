package dev.requorum.e2e.histories;

import java.util.Objects;
import java.util.Optional;

/**
 * How a request ended for the client.
 *
 * @param answer there exactly where the outcome is OK
 * @param said why there is no answer; empty where there is one
 */
record Result(Outcome outcome, Optional<Answer> answer, String said) {

  /** What the client knows of its request. */
  enum Outcome {
    /** It was answered. */
    OK,
    /** It never reached a member: it has no effect, and will have none. */
    FAILED,
    /** It may have had its effect, or have it yet. */
    UNKNOWN
  }

  Result {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(said, "said");
    if (answer.isPresent() != (outcome == Outcome.OK)) {
      throw new IllegalArgumentException("an answer and outcome " + outcome);
    }
  }

  static Result ok(Answer answer) {
    return new Result(Outcome.OK, Optional.of(answer), "");
  }

  static Result failed(String why) {
    return new Result(Outcome.FAILED, Optional.empty(), why);
  }

  static Result unknown(String why) {
    return new Result(Outcome.UNKNOWN, Optional.empty(), why);
  }

  boolean isOk() {
    return outcome == Outcome.OK;
  }
}
