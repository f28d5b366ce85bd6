package dev.requorum.e2e.crash;

import dev.requorum.ports.Announcement;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.ArrayList;
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
  private final Map<ClusterRef, Map<String, List<String>>> asked = new HashMap<>();
  private final ThreadLocal<ClusterRef> subject = new ThreadLocal<>();

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
    List<String> kinds =
        asked
            .computeIfAbsent(cluster, any -> new HashMap<>())
            .computeIfAbsent(place + " " + port + "." + full, any -> new ArrayList<>());
    PortCall first = new PortCall(place, port, full, 1);
    String kind = first.changes() && !first.records() ? what(method, arguments) : "";
    if (!kinds.contains(kind)) {
      kinds.add(kind);
    }
    return Optional.of(
        new Named(cluster, new PortCall(place, port, full, kinds.indexOf(kind) + 1)));
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
