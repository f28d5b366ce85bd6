package dev.requorum.e2e.crash;

import java.util.Locale;
import java.util.Objects;

/** Where an operator dies. */
public record CrashPoint(PortCall call, When when) {

  /** On which side of the call. */
  public enum When {
    /** The call was not made. */
    BEFORE,
    /** The call was made and what was asked for is done; its caller never learns of it. */
    AFTER;

    /** In lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CrashPoint {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(when, "when");
  }

  /** As in {@code before Rebuilding/Fence workload.resize}; no other point has the same. */
  @Override
  public String toString() {
    return when.word() + " " + call;
  }
}
