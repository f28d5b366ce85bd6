package dev.requorum.e2e.crash;

import dev.requorum.ports.Announcement;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names the calls that a process makes. Knows of each cluster where its recovery stands by the
 * record that was read or stored last; a call that names no cluster is about the one whose record
 * this thread read last, as a turn is one thread's.
 */
final class CallNames {

  /** A call and the cluster that it is about. */
  record Named(ClusterRef cluster, PortCall call) {}

  private final Map<ClusterRef, Optional<Incident>> incidents = new HashMap<>();
  private final Numbers numbers;
  private final ThreadLocal<ClusterRef> subject = new ThreadLocal<>();

  /** Which of the different things that are asked for by one call at one place this is. */
  interface Numbers {

    /**
     * The same for the same thing, whichever process asks.
     *
     * @param call the place and the call
     * @param what is asked for
     * @return from 1, in the order in which they were asked for first
     */
    int of(ClusterRef cluster, String call, String what);
  }

  CallNames(Numbers numbers) {
    this.numbers = numbers;
  }

  /**
   * The name of a call that is about to be made.
   *
   * @return empty where it is no part of a recovery
   */
  synchronized Optional<Named> name(String port, String method, List<Object> arguments) {
    ClusterRef cluster = subject(arguments);
    Optional<Incident> incident = cluster == null ? Optional.empty() : incident(cluster, arguments);
    if (incident.isEmpty()) {
      return Optional.empty();
    }
    String full = method;
    if (last(arguments) instanceof Announcement announcement) {
      if (!announcement.key().startsWith(incident.get().id())) {
        return Optional.empty();
      }
      full = "%s(%s)".formatted(method, announcement.reason().word());
    }
    String place = place(incident.get());
    PortCall first = new PortCall(place, port, full, 1);
    String what = first.acts() ? what(method, arguments) : "";
    int number = what.isEmpty() ? 1 : numbers.of(cluster, first.toString(), what);
    return Optional.of(new Named(cluster, new PortCall(place, port, full, number)));
  }

  /** Takes note of the record that is stored now. */
  synchronized void stands(ClusterRef cluster, RecoveryRecord record) {
    incidents.put(cluster, record.incident());
  }

  private ClusterRef subject(List<Object> arguments) {
    if (!arguments.isEmpty() && arguments.get(0) instanceof ClusterRef cluster) {
      subject.set(cluster);
    }
    return subject.get();
  }

  private Optional<Incident> incident(ClusterRef cluster, List<Object> arguments) {
    return arguments.stream()
        .filter(RecoveryRecord.class::isInstance)
        .map(next -> ((RecoveryRecord) next).incident())
        .findFirst()
        .orElseGet(() -> incidents.getOrDefault(cluster, Optional.empty()));
  }

  /**
   * What an act asks for is its last argument; before it is said where, and what was seen. To
   * disarm needs no more than that.
   */
  private static String what(String method, List<Object> arguments) {
    return method.equals("disarm") ? "" : String.valueOf(last(arguments));
  }

  private static Object last(List<Object> arguments) {
    return arguments.isEmpty() ? "" : arguments.get(arguments.size() - 1);
  }

  static String place(Incident incident) {
    return incident.phase().word() + incident.step().map(step -> "/" + step.word()).orElse("");
  }
}
