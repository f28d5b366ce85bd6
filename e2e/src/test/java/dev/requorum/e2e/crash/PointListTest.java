package dev.requorum.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The points at which an operator can die")
class PointListTest {

  private final List<CallLog.Entry> calls = new ArrayList<>();

  @Test
  @DisplayName("are before and after each call that changes something, in their order")
  void bothSides() {
    made("Rebuilding/Fence", "records", "store", 1);
    made("Rebuilding/Fence", "workload", "resize", 1);
    assertThat(points())
        .containsExactly(
            "before Rebuilding/Fence records.store",
            "after Rebuilding/Fence records.store",
            "before Rebuilding/Fence workload.resize",
            "after Rebuilding/Fence workload.resize");
  }

  @Test
  @DisplayName("have the second learner apart from the first, and what is asked again not")
  void numbers() {
    made("ScalingOut", "membership", "promote", 1);
    made("ScalingOut", "membership", "promote", 1);
    made("ScalingOut", "membership", "promote", 2);
    assertThat(points())
        .containsExactly(
            "before ScalingOut membership.promote",
            "after ScalingOut membership.promote",
            "before ScalingOut membership.promote#2",
            "after ScalingOut membership.promote#2");
  }

  @Test
  @DisplayName("are none after a call that was refused whenever it was made")
  void refused() {
    begun("ScalingOut", "membership", "promote", 1);
    assertThat(points()).containsExactly("before ScalingOut membership.promote");
  }

  @Test
  @DisplayName("have what is announced where it is announced first")
  void announcedOnce() {
    made("Detecting", "announcer", "announce(QuorumLost)", 1);
    made("ScalingOut", "announcer", "announce(QuorumLost)", 1);
    made("ScalingOut", "announcer", "announce(PossibleDataLoss)", 1);
    assertThat(points())
        .containsExactly(
            "before Detecting announcer.announce(QuorumLost)",
            "after Detecting announcer.announce(QuorumLost)",
            "before ScalingOut announcer.announce(PossibleDataLoss)",
            "after ScalingOut announcer.announce(PossibleDataLoss)");
  }

  @Test
  @DisplayName("have one look at each place, another on another side in turn")
  void looks() {
    made("Detecting", "records", "load", 1);
    made("Detecting", "workload", "observe", 1);
    made("Rebuilding/Fence", "records", "load", 1);
    made("Rebuilding/Fence", "workload", "observe", 1);
    assertThat(points())
        .containsExactly(
            "before Detecting records.load", "after Rebuilding/Fence workload.observe");
  }

  @Test
  @DisplayName("are dealt to recoveries far from one another, none left out and none twice")
  void spread() {
    IntStream.rangeClosed(1, 5).forEach(i -> made("ScalingOut", "workload", "resize", i));
    List<List<CrashPoint>> parts = PointList.spread(PointList.of(calls), 4);
    assertThat(parts)
        .hasSize(3)
        .allSatisfy(part -> assertThat(part).hasSizeBetween(3, 4).doesNotHaveDuplicates());
    assertThat(parts.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(PointList.of(calls));
    assertThat(parts.get(0).stream().map(CrashPoint::toString))
        .containsExactly(
            "before ScalingOut workload.resize",
            "after ScalingOut workload.resize#2",
            "before ScalingOut workload.resize#4",
            "after ScalingOut workload.resize#5");
  }

  private List<String> points() {
    return PointList.of(calls).stream().map(CrashPoint::toString).toList();
  }

  private void made(String place, String port, String method, int number) {
    begun(place, port, method, number);
    calls.add(new CallLog.Entry(1, CallLog.Kind.DONE, new PortCall(place, port, method, number)));
  }

  private void begun(String place, String port, String method, int number) {
    calls.add(new CallLog.Entry(1, CallLog.Kind.BEGINS, new PortCall(place, port, method, number)));
  }
}
