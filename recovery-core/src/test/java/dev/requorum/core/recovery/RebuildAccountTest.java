package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static dev.requorum.core.recovery.Steady.decide;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.Decision;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Pods;
import dev.requorum.core.model.Recorded;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Reason;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S06")
@DisplayName("S06: what a rebuild from demo-2 in place says of what it does and waits for")
class RebuildAccountTest {

  private static final PreservedCopy COPY = new PreservedCopy("/copies/i-1", 9, "0a", Look.AT);

  @Test
  @DisplayName("each step that is entered says what for")
  void purposes() {
    assertThat(step(alone(), Step.FENCE)).isEqualTo("only demo-2 can run; copying its data");
    assertThat(step(alone().window(0, 3), Step.ARM))
        .isEqualTo("making sure that only demo-2 can run");
    assertThat(step(alone(), Step.ARM)).isEqualTo("rewriting the initial cluster to demo-2 alone");
    assertThat(step(rewritten(), Step.REWRITE_STATE))
        .isEqualTo("the initial cluster is demo-2 alone; forcing it");
    assertThat(step(forced(), Step.ARM)).isEqualTo("demo-2 was started with --force-new-cluster");
    assertThat(step(forced(), Step.VERIFY_AGAIN))
        .isEqualTo("removing --force-new-cluster from demo-2");
    assertThat(step(single(), Step.DISARM))
        .isEqualTo("demo-2 was started without --force-new-cluster");
  }

  @Test
  @DisplayName("what is changed under the survivor's feet is named, and what to do about it")
  void named() {
    assertThat(step(rewritten().pod(2, Pods.outdated()), Step.ARM))
        .contains("pod template is not the one that pod demo-2", "Take the change back");
    Look doomed =
        rewritten().volume(2, v -> new VolumeView(v.claim(), v.member(), v.uid(), true, true));
    assertThat(step(doomed, Step.ARM)).contains("claim etcd-data-demo-2", "Copy the data now");
  }

  @Test
  @DisplayName(
      "a survivor that was lost once it was forced says where its copy is, or what is unknown")
  void lost() {
    Look look = forced().volume(2, "new");
    assertThat(step(look, Step.VERIFY)).endsWith("was lost; its copy is at no place");
    RecoveryRecord before = Recorded.rebuilding(look, Step.VERIFY, 2);
    Incident copied = IncidentDraft.of(before.incident().orElseThrow()).withCopy(COPY).build();
    assertThat(RebuildTest.step(look, before.withIncident(Optional.of(copied))).message())
        .isEqualTo("the volume of demo-2, the survivor, was lost; its copy is at /copies/i-1");
    assertThat(step(forced().hidden(WorkloadPart.VOLUMES), Step.VERIFY))
        .startsWith("it cannot be told whether the survivor has its volume: VOLUMES");
  }

  @Test
  @DisplayName(
      "a StatefulSet that is gone is to be made again around the survivor, and its copy is named")
  void withoutStatefulSet() {
    Look look = healthy(3).leaderless().noStatefulSet();
    RecoveryRecord before = Recorded.rebuilding(look, Step.ARM, 2);
    String message = decide(look, before).message();
    assertThat(message)
        .contains("spec.ordinals.start 2 and spec.replicas 1")
        .endsWith("the data of demo-2 is on claim etcd-data-demo-2");
    Incident copied = IncidentDraft.of(before.incident().orElseThrow()).withCopy(COPY).build();
    assertThat(decide(look, before.withIncident(Optional.of(copied))).message())
        .endsWith("etcd-data-demo-2, a copy of it at /copies/i-1");
  }

  @Test
  @Tag("S17")
  @DisplayName(
      "S17: a pod that does not run is no healthy survivor, and neither is one being deleted")
  void unhealthy() {
    assertThat(step(forced().down(2), Step.VERIFY)).endsWith("demo-2: its pod does not run ");
    assertThat(step(forced().down(2).pod(2, Pods.detail("CrashLoopBackOff")), Step.VERIFY))
        .endsWith("demo-2: its pod does not run CrashLoopBackOff");
    assertThat(step(forced().pod(2, Pods.terminating()), Step.VERIFY))
        .contains("its pod does not run");
  }

  @Test
  @DisplayName("whose pods cannot be read, and which pod is still there, is said")
  void obstacles() {
    assertThat(step(alone().hidden(WorkloadPart.NODES), Step.FENCE))
        .endsWith("pods or nodes cannot be read: NODES is unreadable");
    assertThat(step(alone().pod(1, false, false), Step.FENCE))
        .endsWith("pod demo-1 is still there on node node-1");
  }

  @Test
  @DisplayName("a survivor that is all there ever was is not taken for one that was forced")
  void onlyMember() {
    Look look = healthy(1);
    Decision decision = RebuildTest.step(look, Recorded.rebuilding(look, Step.FENCE, 0));
    assertThat(decision.reason()).isEqualTo(Reason.HEALED);
  }

  private static String step(Look look, Step at) {
    return RebuildTest.step(look, Recorded.rebuilding(look, at, 2)).message();
  }

  private static Look alone() {
    return healthy(3).leaderless().gone(0).gone(1).window(2, 3);
  }

  private static Look rewritten() {
    return alone()
        .initialCluster(
            Optional.of(
                new InitialCluster(
                    InitialCluster.State.NEW, Map.of(Look.name(2), healthy(3).goal().peerUrl(2)))))
        .copy(Fact.known(Optional.of(COPY)));
  }

  private static Look single() {
    return rewritten().notAMember(0).notAMember(1).led(2).listed();
  }

  private static Look forced() {
    return single().armed(Optional.of(Recorded.INCIDENT), true).pod(2, Pods.forced());
  }
}
