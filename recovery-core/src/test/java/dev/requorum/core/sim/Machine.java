package dev.requorum.core.sim;

import dev.requorum.ports.kubernetes.InitialCluster;
import java.util.Optional;

/** A machine with its kubelet, and the node that it is in the API. */
final class Machine {

  final int ordinal;
  boolean on = true;

  /** The node's object is there. */
  boolean exists = true;

  boolean outOfService;

  /** All that runs on it is slow. */
  boolean slow;

  /** A container that is told to end goes on, for as long as its pod's object is there. */
  boolean stuck;

  /** When the API server last heard of it, in seconds. */
  long lastContact;

  /** The pod that it was last told to run. */
  Optional<Pod> assigned = Optional.empty();

  /** What it last read of the initial cluster. */
  Optional<InitialCluster> told = Optional.empty();

  Machine(int ordinal) {
    this.ordinal = ordinal;
  }
}
