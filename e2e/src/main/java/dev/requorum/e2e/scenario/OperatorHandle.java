package dev.requorum.e2e.scenario;

/** A running operator. */
public interface OperatorHandle {

  boolean isAlive();

  /** Ends it at once (SIGKILL). */
  void kill();

  /** What it and its predecessors printed up to now. */
  String log();
}
