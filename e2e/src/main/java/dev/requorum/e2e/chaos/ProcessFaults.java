package dev.requorum.e2e.chaos;

import dev.requorum.e2e.world.Await;
import dev.requorum.e2e.world.WorldPod;
import java.time.Duration;
import java.util.List;

/** What befalls member processes. */
final class ProcessFaults {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private ProcessFaults() {}

  /** Their processes end at once; their nodes start them again. */
  static Lift kill(Arena arena, List<Integer> members) {
    for (int member : members) {
      arena.struck().ended(member);
      arena.pod(member).kill();
    }
    return Lift.NOTHING;
  }

  /** Their processes end at once and stay down until lifted; their volumes stay. */
  static Lift holdDown(Arena arena, List<Integer> members) {
    for (int member : members) {
      arena.struck().ended(member);
      arena.pod(member).hold();
    }
    Await.until(
        "members %s are down".formatted(members),
        LIMIT,
        () -> members.stream().noneMatch(member -> arena.pod(member).process().isPresent()),
        arena.cluster()::describe);
    return () -> members.forEach(member -> arena.pod(member).release());
  }

  /** Their processes stop where they are, with their sockets open, until lifted. */
  static Lift pause(Arena arena, List<Integer> members) {
    List<WorldPod> pods = members.stream().map(arena::pod).toList();
    Lift lift = Lift.ofAll(pods.stream().<Lift>map(pod -> pod::resume).toList());
    return Lift.after(() -> pods.forEach(WorldPod::pause), lift);
  }
}
