package dev.requorum.e2e.crash;

import dev.requorum.ports.record.Strategy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One recovery that was played, and how it ended.
 *
 * @param cluster its name
 * @param points where an operator was to die
 * @param missed those of them that the recovery did not come to: a step whose work is found done is
 *     passed through, so that a recovery in which somebody died before may have no such call
 * @param calls what all its operators called
 * @param state what it came to; empty where it never came that far
 * @param wrongs what does not hold, in words; empty where all does
 */
public record Played(
    String cluster,
    Strategy strategy,
    List<CrashPoint> points,
    List<CrashPoint> missed,
    List<CallLog.Entry> calls,
    Optional<FinalState> state,
    List<String> wrongs) {

  public Played {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(strategy, "strategy");
    points = List.copyOf(points);
    missed = List.copyOf(missed);
    calls = List.copyOf(calls);
    Objects.requireNonNull(state, "state");
    wrongs = List.copyOf(wrongs);
  }

  /** Whether everything holds. */
  public boolean isWell() {
    return wrongs.isEmpty();
  }

  /** Where an operator died. */
  public List<CrashPoint> deaths() {
    return points.stream().filter(point -> !missed.contains(point)).toList();
  }

  /** What is to be told of it. */
  String name() {
    return "%s: %s"
        .formatted(
            strategy.word(),
            points.isEmpty()
                ? "an undisturbed recovery"
                : points.stream().map(CrashPoint::toString).collect(Collectors.joining(", ")));
  }

  /**
   * Where the recovery stood by the record that the successor found of the operator that died at
   * this point, and what it did first, looks and what was announced before aside.
   */
  String found(CrashPoint point) {
    CallLog.Kind kind =
        switch (point.when()) {
          case BEFORE -> CallLog.Kind.BEGINS;
          case AFTER -> CallLog.Kind.DONE;
        };
    int next = 1;
    while (next < calls.size() && !isDeath(calls.get(next - 1), calls.get(next), kind, point)) {
      next++;
    }
    List<PortCall> after =
        calls.subList(next, calls.size()).stream()
            .filter(entry -> entry.kind() == CallLog.Kind.BEGINS)
            .map(CallLog.Entry::call)
            .toList();
    String stood = after.stream().findFirst().map(PortCall::place).orElse("nothing");
    return after.stream()
        .filter(PortCall::acts)
        .findFirst()
        .map(call -> "%s; first act: %s".formatted(stood, call))
        .orElse(stood + "; nothing was left to do");
  }

  private static boolean isDeath(
      CallLog.Entry last, CallLog.Entry next, CallLog.Kind kind, CrashPoint point) {
    return last.process() != next.process()
        && last.kind() == kind
        && last.call().equals(point.call());
  }
}
