package dev.requorum.e2e.scenario;

/** The operator that serves a namespace, whichever process that is at the time. */
public interface OperatorHandle extends AutoCloseable {

  boolean isAlive();

  /** Ends it at once; none follows before {@link #start}. */
  void kill();

  /** Starts one where none is alive. */
  void start();

  /**
   * Tells it to end, waits until it has, and another follows right away: as it is where the pod of
   * a Deployment is deleted.
   */
  void replace();

  /** What it and its predecessors printed up to now, as far as that is still there. */
  String log();

  /** The namespace needs it no longer. */
  @Override
  void close();
}
