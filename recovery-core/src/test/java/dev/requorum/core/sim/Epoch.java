package dev.requorum.core.sim;

import java.util.BitSet;
import java.util.Optional;

/**
 * One life of the cluster: the first, or what a rebuild made of one member's data. Only the newest
 * may take writes.
 */
final class Epoch {

  final int number;
  final Optional<Epoch> parent;

  /** The incident that this life is the rebuild of; empty for the first. */
  final Optional<String> incident;

  final String survivor;

  /** The revision of the survivor's data, as its members counted before the rebuild. */
  final long retained;

  /** Acknowledged writes that whoever leads this life has to have. */
  final BitSet required = new BitSet();

  /** Writes acknowledged in former lives that this one began without. */
  final BitSet lost = new BitSet();

  /** True once a leader was elected in it. */
  boolean established;

  /** The highest revision that was ever committed in it. */
  long committed;

  /** What the parent had committed when this life began. */
  long committedBefore;

  Epoch(int number, Optional<Epoch> parent, Optional<String> incident, String who, long retained) {
    this.number = number;
    this.parent = parent;
    this.incident = incident;
    this.survivor = who;
    this.retained = retained;
  }

  boolean isOrDescendsFrom(Epoch other) {
    return this == other || parent.filter(p -> p.isOrDescendsFrom(other)).isPresent();
  }

  @Override
  public String toString() {
    return "life " + number + incident.map(i -> " (rebuilt from " + survivor + ")").orElse("");
  }
}
