package dev.requorum.e2e.chaos;

import dev.requorum.e2e.world.Party;
import java.util.ArrayList;
import java.util.List;

/** What befalls the lines between members, and between them and the operator. */
final class NetworkFaults {

  private record Line(Party one, Party other) {}

  private NetworkFaults() {}

  /** No packet passes between these members and the others until lifted; the operator sees all. */
  static Lift cut(Arena arena, List<Integer> members) {
    return cutAll(arena, lines(arena, members));
  }

  /** What these members send to the others vanishes until lifted; the other way it passes. */
  static Lift cutOneWay(Arena arena, List<Integer> members) {
    List<Line> lines = lines(arena, members);
    lines.forEach(line -> arena.world().cutOneWay(line.one(), line.other()));
    return () -> lines.forEach(line -> arena.world().healOneWay(line.one(), line.other()));
  }

  private static List<Line> lines(Arena arena, List<Integer> members) {
    List<Line> lines = new ArrayList<>();
    for (int member : members) {
      for (int other : arena.others(members)) {
        lines.add(new Line(arena.pod(member).party(), arena.pod(other).party()));
      }
    }
    return lines;
  }

  /** No packet passes between the operator and these members until lifted. */
  static Lift cutFromOperator(Arena arena, List<Integer> members) {
    return cutAll(
        arena,
        members.stream()
            .map(member -> new Line(arena.operatorParty(), arena.pod(member).party()))
            .toList());
  }

  private static Lift cutAll(Arena arena, List<Line> lines) {
    lines.forEach(line -> arena.world().cut(line.one(), line.other()));
    return () -> lines.forEach(line -> arena.world().heal(line.one(), line.other()));
  }
}
