package dev.requorum.e2e.crash;

import java.util.Objects;
import java.util.Set;

/**
 * A call of one of the operator's ports in a recovery, by a name that it has in every recovery of
 * the same kind.
 *
 * @param place the phase, and the step within a rebuild, that is recorded when the call is made;
 *     for a call that stores a record, the one that is being stored
 * @param port as its accessor in {@link dev.requorum.core.engine.Ports} is called
 * @param method its name; of an announcement with the reason too
 * @param number which of those calls of the place that ask for something else, from 1; the same
 *     call made again has the same number
 */
public record PortCall(String place, String port, String method, int number) {

  private static final Set<String> READS =
      Set.of(
          "records.load",
          "workload.observe",
          "probe.probe",
          "preservation.find",
          "restoration.find");

  public PortCall {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(port, "port");
    Objects.requireNonNull(method, "method");
    if (number < 1) {
      throw new IllegalArgumentException("number must be 1 or more, not " + number);
    }
  }

  /** The port and the method, and the number where it is not the first. */
  public String name() {
    return port + "." + method + (number > 1 ? "#" + number : "");
  }

  /** Whether it may change something: all that is not known to be a mere look. */
  public boolean changes() {
    return !READS.contains(port + "." + method);
  }

  /** Whether it acts upon the cluster: it changes something else than what is known and said. */
  boolean acts() {
    return changes() && !announces() && !records();
  }

  /** Whether it announces something. */
  boolean announces() {
    return port.equals("announcer");
  }

  /** Whether it stores a record. */
  boolean records() {
    return (port + "." + method).equals("records.store");
  }

  @Override
  public String toString() {
    return place + " " + name();
  }
}
