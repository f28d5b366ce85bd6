package dev.requorum.e2e.crash;

import dev.requorum.e2e.crash.CrashPoint.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The points at which an operator can die in a recovery, made of the calls that one made which
 * nobody disturbed.
 *
 * <p>Each call that changes something is two, before and after. The same call made again at the
 * same place is the same point, such as a record that is stored at each look of a wait, and so is
 * what is announced again at each look. A call that changes nothing leaves all as the last one that
 * did; of those there is one at each place, another method and another side in turn.
 */
public final class PointList {

  private PointList() {}

  /** In the order in which they are come to. */
  public static List<CrashPoint> of(List<CallLog.Entry> calls) {
    Set<PortCall> begun = new LinkedHashSet<>();
    Set<PortCall> done = new LinkedHashSet<>();
    Set<String> announced = new LinkedHashSet<>();
    for (CallLog.Entry entry : calls) {
      PortCall call = entry.call();
      if (entry.kind() == CallLog.Kind.DONE) {
        done.add(call);
        announced.add(call.method());
      } else if (!call.announces() || !announced.contains(call.method())) {
        begun.add(call);
      }
    }
    Map<PortCall, When> reads = reads(begun);
    return begun.stream()
        .flatMap(call -> call.changes() ? sides(call, done) : chosen(call, reads))
        .toList();
  }

  /**
   * Parts of a list, of so many points at most and as equal as can be, each with its points as far
   * from one another as can be.
   */
  static List<List<CrashPoint>> spread(List<CrashPoint> points, int most) {
    int parts = (points.size() + most - 1) / most;
    return IntStream.range(0, parts)
        .mapToObj(
            part ->
                IntStream.iterate(part, next -> next < points.size(), next -> next + parts)
                    .mapToObj(points::get)
                    .toList())
        .toList();
  }

  private static Stream<CrashPoint> sides(PortCall call, Set<PortCall> done) {
    return Stream.of(When.values())
        .filter(when -> when == When.BEFORE || done.contains(call))
        .map(when -> new CrashPoint(call, when));
  }

  private static Stream<CrashPoint> chosen(PortCall read, Map<PortCall, When> reads) {
    return Optional.ofNullable(reads.get(read)).map(when -> new CrashPoint(read, when)).stream();
  }

  private static Map<PortCall, When> reads(Set<PortCall> begun) {
    Map<String, List<PortCall>> byPlace = new LinkedHashMap<>();
    begun.stream()
        .filter(call -> !call.changes())
        .forEach(call -> byPlace.computeIfAbsent(call.place(), any -> new ArrayList<>()).add(call));
    Map<PortCall, When> reads = new LinkedHashMap<>();
    int place = 0;
    for (List<PortCall> there : byPlace.values()) {
      PortCall read = there.get(place % there.size());
      reads.put(read, When.values()[place % 2]);
      place++;
    }
    return reads;
  }
}
