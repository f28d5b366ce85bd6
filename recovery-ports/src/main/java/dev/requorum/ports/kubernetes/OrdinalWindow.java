package dev.requorum.ports.kubernetes;

import java.util.stream.IntStream;

/**
 * Which ordinals a StatefulSet runs: {@code spec.ordinals.start} and {@code spec.replicas}
 * (Kubernetes 1.31 or newer), that is [start, start + replicas).
 */
public record OrdinalWindow(int start, int replicas) {

  public OrdinalWindow {
    if (start < 0 || replicas < 0) {
      throw new IllegalArgumentException(
          "start and replicas must be 0 or more, not " + start + " and " + replicas);
    }
  }

  /** The window that runs this ordinal and no other. */
  public static OrdinalWindow only(int ordinal) {
    return new OrdinalWindow(ordinal, 1);
  }

  public boolean contains(int ordinal) {
    return ordinal >= start && ordinal < end();
  }

  /** The first ordinal past the window. */
  public int end() {
    return start + replicas;
  }

  public IntStream ordinals() {
    return IntStream.range(start, end());
  }

  /** The smallest window that has all of this one's ordinals and the given one. */
  public OrdinalWindow including(int ordinal) {
    if (replicas == 0) {
      return only(ordinal);
    }
    int newStart = Math.min(start, ordinal);
    return new OrdinalWindow(newStart, Math.max(end(), ordinal + 1) - newStart);
  }

  /** {@code [start, end)}. */
  @Override
  public String toString() {
    return "[" + start + ", " + end() + ")";
  }
}
