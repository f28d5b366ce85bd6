package dev.requorum.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.record.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A recovery that was played")
class PlayedTest {

  private static final PortCall STORE = new PortCall("Rebuilding/Fence", "records", "store", 1);
  private static final PortCall RESIZE = new PortCall("Rebuilding/Fence", "workload", "resize", 1);
  private static final PortCall LOAD = new PortCall("Rebuilding/Fence", "records", "load", 1);

  private final List<CallLog.Entry> calls = new ArrayList<>();

  @Test
  @DisplayName("tells of each death where the recovery stood and what was done first")
  void found() {
    add(1, CallLog.Kind.BEGINS, STORE);
    add(1, CallLog.Kind.DONE, STORE);
    add(2, CallLog.Kind.BEGINS, LOAD);
    add(2, CallLog.Kind.BEGINS, RESIZE);
    add(2, CallLog.Kind.DONE, RESIZE);
    add(3, CallLog.Kind.BEGINS, LOAD);
    Played played =
        new Played(
            "one", Strategy.RESTORE, List.of(), List.of(), calls, Optional.empty(), List.of());
    assertThat(played.found(new CrashPoint(STORE, CrashPoint.When.AFTER)))
        .isEqualTo("Rebuilding/Fence; first act: Rebuilding/Fence workload.resize");
    assertThat(played.found(new CrashPoint(RESIZE, CrashPoint.When.AFTER)))
        .isEqualTo("Rebuilding/Fence; nothing was left to do");
    assertThat(played.found(new CrashPoint(RESIZE, CrashPoint.When.BEFORE)))
        .as("nobody died there")
        .isEqualTo("nothing; nothing was left to do");
  }

  @Test
  @DisplayName("names what is otherwise than in another final state, whichever has it")
  void differences() {
    FinalState here = state("attempts", "2", "claim", "there");
    FinalState there = state("attempts", "1", "restore pod", "there");
    assertThat(here.differencesFrom(there))
        .containsExactly(
            "attempts: 2 instead of 1",
            "claim: there instead of nothing",
            "restore pod: nothing instead of there");
    assertThat(here.differencesFrom(here)).isEmpty();
  }

  private static FinalState state(String... facts) {
    TreeMap<String, String> all = new TreeMap<>();
    for (int i = 0; i < facts.length; i += 2) {
      all.put(facts[i], facts[i + 1]);
    }
    return new FinalState(all);
  }

  private void add(long process, CallLog.Kind kind, PortCall call) {
    calls.add(new CallLog.Entry(process, kind, call));
  }
}
