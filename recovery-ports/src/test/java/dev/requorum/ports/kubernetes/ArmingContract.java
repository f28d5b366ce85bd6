package dev.requorum.ports.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link Workload} guarantees about {@code --force-new-cluster}. */
public abstract class ArmingContract {

  private static final String INCIDENT = "i-20260131-120000";

  private WorkloadWorld world;
  private Workload workload;
  private ClusterRef cluster;
  private String survivor;

  /** A world that this test alone uses until it ends. */
  protected abstract WorkloadWorld world();

  @BeforeEach
  void threeMembersOfWhichTheLastSurvives() {
    world = world();
    workload = world.workload();
    cluster = world.cluster(3);
    survivor = cluster.memberName(2);
  }

  @Test
  @Tag("S12")
  @Tag("S14")
  @DisplayName("Arming sets flag and mark in one write, and leaves the running pod alone")
  void armed() {
    fence();
    rewrite(survivor, InitialCluster.State.NEW);
    StatefulSetView before = set();
    String pod = pod().uid();

    assertThat(arm().isDone()).isTrue();

    assertThat(set().forceFlag()).isTrue();
    assertThat(set().armedFor()).contains(INCIDENT);
    assertThat(set().generation()).isEqualTo(before.generation() + 1);
    world.settle(cluster);
    assertThat(pod().uid()).isEqualTo(pod);
    assertThat(pod().forceFlag()).isFalse();
    assertThat(pod().outdated()).isTrue();
  }

  @Test
  @Tag("S12")
  @DisplayName("The survivor's pod has the flag once it was restarted")
  void armedPod() {
    fence();
    rewrite(survivor, InitialCluster.State.NEW);
    arm();

    workload.restartPod(cluster, survivor, pod().uid());
    world.settle(cluster);

    assertThat(pod().forceFlag()).isTrue();
    assertThat(pod().outdated()).isFalse();
  }

  @Test
  @Tag("S06")
  @DisplayName("Arming twice for the same incident is arming once")
  void armedTwice() {
    fence();
    rewrite(survivor, InitialCluster.State.NEW);
    StatefulSetView seen = set();
    workload.arm(cluster, seen, survivor, INCIDENT);
    StatefulSetView armed = set();

    assertThat(arm().isDone()).isTrue();
    assertThat(workload.arm(cluster, seen, survivor, INCIDENT).isDone()).isTrue();
    assertThat(set()).isEqualTo(armed);
  }

  @Test
  @Tag("S16")
  @DisplayName(
      "Disarming takes out flag and mark and leaves the StatefulSet as it was before arming")
  void disarmed() {
    fence();
    rewrite(survivor, InitialCluster.State.NEW);
    Object before = world.restOfSpec(cluster);
    arm();
    assertThat(world.restOfSpec(cluster)).as("armed").isEqualTo(before);

    assertThat(workload.disarm(cluster, set()).isDone()).isTrue();

    assertThat(set().armed()).isFalse();
    assertThat(set().armedFor()).isEmpty();
    assertThat(world.restOfSpec(cluster)).isEqualTo(before);
  }

  @Test
  @Tag("S06")
  @DisplayName("Disarming what is not armed is done and changes nothing")
  void disarmedTwice() {
    StatefulSetView before = set();

    assertThat(workload.disarm(cluster, before).isDone()).isTrue();
    assertThat(set()).isEqualTo(before);
  }

  @Test
  @Tag("S13")
  @DisplayName("Arming is refused before the state ConfigMap is there")
  void withoutStateConfigMap() {
    fence();
    assertRefused(survivor);
  }

  @Test
  @Tag("S13")
  @DisplayName(
      "Arming is refused while the state ConfigMap names others, or another state than new")
  void withWrongStateConfigMap() {
    fence();
    rewrite(cluster.memberName(0), InitialCluster.State.NEW);
    assertRefused(survivor);
    rewrite(survivor, InitialCluster.State.EXISTING);
    assertRefused(survivor);
    write(InitialCluster.sealed());
    assertRefused(survivor);
    write(
        new InitialCluster(
            InitialCluster.State.NEW,
            Map.of(survivor, URI.create("http://c:2380"), "x-1", URI.create("http://b:2380"))));
    assertRefused(survivor);
  }

  @Test
  @DisplayName("Arming is refused while more than the survivor's ordinal runs, or another one")
  void withWrongWindow() {
    rewrite(survivor, InitialCluster.State.NEW);
    assertRefused(survivor);

    fence();
    rewrite(cluster.memberName(0), InitialCluster.State.NEW);
    assertRefused(cluster.memberName(0));
  }

  @Test
  @Tag("S15")
  @DisplayName("Arming is refused where the survivor's pod does not exist")
  void withoutPod() {
    fence();
    rewrite(survivor, InitialCluster.State.NEW);

    world.deletePod(cluster, survivor);

    assertRefused(survivor);
  }

  @Test
  @Tag("S15")
  @DisplayName("Arming is refused while the survivor's pod is terminating")
  void withTerminatingPod() {
    fence();
    rewrite(survivor, InitialCluster.State.NEW);

    workload.restartPod(cluster, survivor, pod().uid());

    assertRefused(survivor);
  }

  @Test
  @DisplayName("Arming and disarming on a spec that changed since it was seen are refused")
  void staleGeneration() {
    fence();
    rewrite(survivor, InitialCluster.State.NEW);
    StatefulSetView seen = set();
    world.changeSpec(cluster);
    assertThat(workload.arm(cluster, seen, survivor, INCIDENT).isDone()).isFalse();
    assertThat(set().armed()).isFalse();

    arm();
    StatefulSetView armed = set();
    world.changeSpec(cluster);
    assertThat(workload.disarm(cluster, armed).isDone()).isFalse();
    assertThat(set().armedFor()).contains(INCIDENT);
  }

  private void fence() {
    assertThat(workload.resize(cluster, set(), OrdinalWindow.only(2)).isDone()).isTrue();
    world.settle(cluster);
  }

  private void rewrite(String member, InitialCluster.State state) {
    InitialCluster content = new InitialCluster(state, Map.of(member, URI.create("http://m:2380")));
    write(content);
  }

  private void write(InitialCluster content) {
    Optional<InitialCluster> now = workload.observe(cluster).initialCluster().value().orElseThrow();
    assertThat(workload.writeInitialCluster(cluster, now, content).isDone()).isTrue();
  }

  private Outcome arm() {
    return workload.arm(cluster, set(), survivor, INCIDENT);
  }

  private void assertRefused(String member) {
    StatefulSetView before = set();
    assertThat(workload.arm(cluster, before, member, INCIDENT)).isInstanceOf(Outcome.Refused.class);
    assertThat(set()).isEqualTo(before);
  }

  private StatefulSetView set() {
    return workload.observe(cluster).statefulSet().value().flatMap(s -> s).orElseThrow();
  }

  private PodView pod() {
    Optional<PodView> pod = workload.observe(cluster).pod(survivor);
    return pod.orElseThrow();
  }
}
