package dev.requorum.ports;

import java.util.Objects;

/**
 * What became of an act on a port. A refusal is an expected answer, not an error: the act's
 * precondition did not hold any more, or etcd or Kubernetes said no. Nothing was changed by a
 * refused act.
 */
public sealed interface Outcome {

  /** The act was carried out, or had been carried out before. */
  record Done() implements Outcome {}

  /** Nothing was changed. {@code why} is a sentence for a human. */
  record Refused(String why) implements Outcome {
    public Refused {
      Objects.requireNonNull(why, "why");
    }
  }

  static Outcome done() {
    return new Done();
  }

  static Outcome refused(String why) {
    return new Refused(why);
  }

  default boolean isDone() {
    return this instanceof Done;
  }
}
