package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.fabric8.controlplane.ControlPlane;
import dev.requorum.fabric8.controlplane.ControlPlaneWorld;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadView;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S06")
@DisplayName("Somebody else acts between the workload's read and its write")
class Fabric8WorkloadConflictTest {

  private final ControlPlane plane = ControlPlane.shared();
  private final ControlPlaneWorld world = new ControlPlaneWorld();
  private final ClusterRef cluster = world.cluster(2);
  private final WorkloadView seen = world.workload().observe(cluster);
  private final StatefulSetView set = seen.statefulSet().value().orElseThrow().orElseThrow();

  @Test
  @DisplayName("A status that changed twice meanwhile delays the write, and does not refuse it")
  void statusChurn() {
    AtomicInteger times = new AtomicInteger();
    Runnable churn =
        () -> {
          if (times.incrementAndGet() <= 2) {
            world.changeStatus(cluster);
          }
        };

    assertThat(resizeOvertakenBy(churn).isDone()).isTrue();
    assertThat(times).hasValue(3);
    assertThat(window()).isEqualTo(OrdinalWindow.only(1));
  }

  @Test
  @DisplayName("A spec that changed meanwhile refuses the write")
  void specChange() {
    AtomicInteger times = new AtomicInteger();
    Runnable change =
        () -> {
          if (times.incrementAndGet() == 1) {
            world.changeSpec(cluster);
          }
        };

    assertThat(resizeOvertakenBy(change)).isInstanceOf(Outcome.Refused.class);
    assertThat(window()).isEqualTo(set.window());
  }

  @Test
  @DisplayName("A status that never stops changing ends in a failure, and nothing was written")
  void endlessChurn() {
    assertThatThrownBy(() -> resizeOvertakenBy(() -> world.changeStatus(cluster)))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("StatefulSet " + cluster);
    assertThat(window()).isEqualTo(set.window());
  }

  @Test
  @DisplayName("A pod that was replaced after the look at it is not deleted")
  void podReplaced() {
    String pod = cluster.memberName(0);
    String uid = seen.pod(pod).orElseThrow().uid();
    Runnable replace =
        () -> {
          world.deletePod(cluster, pod);
          world.settle(cluster);
        };

    try (KubernetesClient client = plane.operatorOvertakenBy(replace)) {
      assertThat(new Fabric8Workload(client).restartPod(cluster, pod, uid))
          .isInstanceOf(Outcome.Refused.class);
    }
    assertThat(world.workload().observe(cluster).pod(pod).orElseThrow().terminating()).isFalse();
  }

  @Test
  @Tag("S06")
  @DisplayName(
      "An initial cluster that somebody else wrote after the look at it is not written over")
  void initialClusterOvertaken() {
    InitialCluster before =
        new InitialCluster(InitialCluster.State.NEW, Map.of("x-0", URI.create("http://x:2380")));
    InitialCluster ticket = new InitialCluster(InitialCluster.State.EXISTING, before.members());
    world.workload().writeInitialCluster(cluster, Optional.empty(), before);
    Runnable seal =
        () ->
            world
                .workload()
                .writeInitialCluster(cluster, Optional.of(before), InitialCluster.sealed());
    try (KubernetesClient client = plane.operatorOvertakenBy(seal)) {
      assertThat(
              new Fabric8Workload(client).writeInitialCluster(cluster, Optional.of(before), ticket))
          .isInstanceOf(Outcome.Refused.class);
    }
    assertThat(initialCluster()).contains(InitialCluster.sealed());
  }

  private Optional<InitialCluster> initialCluster() {
    return world.workload().observe(cluster).initialCluster().value().orElseThrow();
  }

  private Outcome resizeOvertakenBy(Runnable somebodyElse) {
    try (KubernetesClient client = plane.operatorOvertakenBy(somebodyElse)) {
      Workload workload = new Fabric8Workload(client);
      return workload.resize(cluster, set, OrdinalWindow.only(1));
    }
  }

  private OrdinalWindow window() {
    return world
        .workload()
        .observe(cluster)
        .statefulSet()
        .value()
        .flatMap(found -> found)
        .orElseThrow()
        .window();
  }
}
