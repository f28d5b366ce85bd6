package dev.requorum.ports.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Fact;
import dev.requorum.ports.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link Workload} guarantees: looking, resizing, pods, claims and nodes. */
public abstract class WorkloadContract {

  private WorkloadWorld world;
  private Workload workload;

  /** A world that this test alone uses until it ends. */
  protected abstract WorkloadWorld world();

  @BeforeEach
  void enter() {
    world = world();
    workload = world.workload();
  }

  @Test
  @DisplayName("A cluster that runs is seen whole: StatefulSet, pods, claims and nodes")
  void wholeView() {
    ClusterRef cluster = world.cluster(3);

    WorkloadView view = workload.observe(cluster);

    StatefulSetView set = view.statefulSet().value().orElseThrow().orElseThrow();
    assertThat(set.window()).isEqualTo(new OrdinalWindow(0, 3));
    assertThat(set.armed()).isFalse();
    assertThat(set.storage()).isEqualTo(Storage.CLAIM_PER_MEMBER);
    assertThat(view.initialCluster()).isEqualTo(Fact.known(Optional.empty()));
    assertThat(view.pods().value().orElseThrow())
        .hasSize(3)
        .allSatisfy(
            pod -> {
              assertThat(pod.ready() && pod.running()).as(pod.toString()).isTrue();
              assertThat(pod.terminating() || pod.forceFlag() || pod.outdated()).isFalse();
              assertThat(pod.ip()).isPresent();
              assertThat(view.node(pod.node().orElseThrow()))
                  .hasValueSatisfying(
                      node -> assertThat(node.reporting() && !node.outOfService()).isTrue());
            });
    assertThat(view.volumes().value().orElseThrow())
        .hasSize(3)
        .allMatch(volume -> volume.bound() && !volume.terminating());
    assertThat(view.volume(cluster.memberName(2)).orElseThrow().claim())
        .isEqualTo("etcd-data-" + cluster.memberName(2));
  }

  @Test
  @DisplayName("Where there is nothing, absence is known, not unknown")
  void nothing() {
    WorkloadView view = workload.observe(world.nothing());

    assertThat(view.statefulSet()).isEqualTo(Fact.known(Optional.empty()));
    assertThat(view.pods()).isEqualTo(Fact.known(List.of()));
    assertThat(view.volumes()).isEqualTo(Fact.known(List.of()));
    assertThat(view.initialCluster()).isEqualTo(Fact.known(Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(WorkloadPart.class)
  @DisplayName("A part that cannot be read is unknown, never absent, and says why")
  void blindness(WorkloadPart part) {
    ClusterRef cluster = world.cluster(1);

    WorkloadView view = world.blindTo(part).observe(cluster);

    assertThat(part.of(view).isKnown()).isFalse();
    assertThat(part.of(view).why().orElseThrow()).isNotBlank();
    for (WorkloadPart other : WorkloadPart.values()) {
      boolean follows = part == WorkloadPart.STATEFUL_SET && other == WorkloadPart.VOLUMES;
      if (other != part && !follows) {
        assertThat(other.of(view).isKnown()).as("%s", other.of(view)).isTrue();
      }
    }
  }

  @Test
  @Tag("S24")
  @DisplayName("Resized to ordinal 2 alone: exactly that pod stays, untouched, and all claims stay")
  void resizeToOneOrdinal() {
    ClusterRef cluster = world.cluster(3);
    WorkloadView before = workload.observe(cluster);
    String survivor = cluster.memberName(2);

    assertThat(workload.resize(cluster, set(cluster), OrdinalWindow.only(2)))
        .isEqualTo(Outcome.done());
    world.settle(cluster);

    WorkloadView after = workload.observe(cluster);
    assertThat(after.pods().value().orElseThrow()).extracting(PodView::name).containsOnly(survivor);
    assertThat(after.pod(survivor).orElseThrow().uid())
        .isEqualTo(before.pod(survivor).orElseThrow().uid());
    assertThat(after.volumes()).isEqualTo(before.volumes());
    assertThat(set(cluster).window()).isEqualTo(OrdinalWindow.only(2));
  }

  @Test
  @Tag("S06")
  @DisplayName("Resizing again to the same is done, and changes nothing")
  void resizeTwice() {
    ClusterRef cluster = world.cluster(2);
    StatefulSetView seen = set(cluster);
    workload.resize(cluster, seen, OrdinalWindow.only(1));
    long generation = set(cluster).generation();

    assertThat(workload.resize(cluster, set(cluster), OrdinalWindow.only(1)).isDone()).isTrue();
    assertThat(workload.resize(cluster, seen, OrdinalWindow.only(1)).isDone()).isTrue();
    assertThat(set(cluster).generation()).isEqualTo(generation);
  }

  @Test
  @DisplayName(
      "An act on a spec that changed since it was seen is refused; on a changed status, not")
  void staleGeneration() {
    ClusterRef cluster = world.cluster(2);
    StatefulSetView seen = set(cluster);

    world.changeStatus(cluster);
    assertThat(workload.resize(cluster, seen, new OrdinalWindow(0, 1)).isDone()).isTrue();

    StatefulSetView fresh = set(cluster);
    world.changeSpec(cluster);
    assertThat(workload.resize(cluster, fresh, OrdinalWindow.only(1)))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(set(cluster).window()).isEqualTo(new OrdinalWindow(0, 1));
  }

  @Test
  @DisplayName("An act on a StatefulSet that was deleted and made again is refused")
  void anotherStatefulSet() {
    ClusterRef cluster = world.cluster(1);
    StatefulSetView seen = set(cluster);
    StatefulSetView former =
        new StatefulSetView(
            "of-another-uid",
            seen.generation(),
            seen.window(),
            Optional.empty(),
            false,
            seen.storage());

    assertThat(workload.resize(cluster, former, OrdinalWindow.only(3)).isDone()).isFalse();
    assertThat(workload.disarm(cluster, former).isDone()).isFalse();
    assertThat(set(cluster)).isEqualTo(seen);
  }

  @Test
  @DisplayName("Only the pod that was seen is restarted; it comes back as another one")
  void restart() {
    ClusterRef cluster = world.cluster(1);
    String pod = cluster.memberName(0);
    String uid = pod(cluster, pod).uid();

    assertThat(workload.restartPod(cluster, pod, "of-another-uid").isDone()).isFalse();
    assertThat(pod(cluster, pod).terminating()).isFalse();

    assertThat(workload.restartPod(cluster, pod, uid).isDone()).isTrue();
    assertThat(workload.restartPod(cluster, pod, uid).isDone()).isTrue();
    world.settle(cluster);

    assertThat(pod(cluster, pod).uid()).isNotEqualTo(uid);
    assertThat(pod(cluster, pod).running()).isTrue();
  }

  @Test
  @DisplayName("A pod that is not there needs no restart")
  void restartOfNothing() {
    ClusterRef cluster = world.cluster(1);

    assertThat(workload.restartPod(cluster, cluster.memberName(7), "any").isDone()).isTrue();
  }

  @Test
  @DisplayName(
      "A claim is discarded only where no pod has it, no ordinal wants it, and it is the one")
  void discard() {
    ClusterRef cluster = world.cluster(3);
    String former = cluster.memberName(2);
    String uid = volume(cluster, former).uid();
    assertThat(workload.discardVolume(cluster, former, uid).isDone()).as("wanted").isFalse();

    workload.resize(cluster, set(cluster), new OrdinalWindow(0, 2));
    assertThat(workload.discardVolume(cluster, former, uid).isDone()).as("pod there").isFalse();

    world.settle(cluster);
    assertThat(workload.discardVolume(cluster, former, "another").isDone()).as("uid").isFalse();
    assertThat(volume(cluster, former).uid()).isEqualTo(uid);
    assertThat(volume(cluster, former).terminating()).isFalse();

    assertThat(workload.discardVolume(cluster, former, uid).isDone()).isTrue();
    world.settle(cluster);
    assertThat(workload.observe(cluster).volume(former)).isEmpty();
    assertThat(workload.discardVolume(cluster, former, uid).isDone()).as("again").isTrue();
    assertThat(workload.observe(cluster).volumes().value().orElseThrow()).hasSize(2);
  }

  @Test
  @DisplayName("A claim whose pod is gone is still not discarded while its ordinal is wanted")
  void discardOfWantedOrdinal() {
    ClusterRef cluster = world.cluster(2);
    String member = cluster.memberName(1);
    String uid = volume(cluster, member).uid();
    world.deletePod(cluster, member);

    assertThat(workload.discardVolume(cluster, member, uid).isDone()).isFalse();
    assertThat(volume(cluster, member).terminating()).isFalse();
  }

  @Test
  @Tag("S24")
  @DisplayName("A claim that was deleted and made again is told by its uid")
  void anotherClaim() {
    ClusterRef cluster = world.cluster(2);
    String member = cluster.memberName(0);
    WorkloadView before = workload.observe(cluster);

    world.deletePodAndVolume(cluster, member);
    world.settle(cluster);

    WorkloadView after = workload.observe(cluster);
    assertThat(after.volume(member).orElseThrow().claim())
        .isEqualTo(before.volume(member).orElseThrow().claim());
    assertThat(after.volume(member).orElseThrow().uid())
        .isNotEqualTo(before.volume(member).orElseThrow().uid());
    assertThat(after.volume(cluster.memberName(1))).isEqualTo(before.volume(cluster.memberName(1)));
  }

  @Test
  @DisplayName("A node is seen to fall silent, to be put out of service, and to be gone")
  void nodes() {
    ClusterRef cluster = world.cluster(1);
    String node = pod(cluster, cluster.memberName(0)).node().orElseThrow();

    world.silence(node);
    assertThat(workload.observe(cluster).node(node)).contains(new NodeView(node, false, false));

    world.takeOutOfService(node);
    assertThat(workload.observe(cluster).node(node)).contains(new NodeView(node, false, true));

    world.removeNode(node);
    assertThat(workload.observe(cluster).nodes().isKnown()).isTrue();
    assertThat(workload.observe(cluster).node(node)).isEmpty();
  }

  @Test
  @DisplayName(
      "A pod whose etcd waits does not run, is not ready, and says why and how often it was"
          + " restarted")
  void crashedPod() {
    ClusterRef cluster = world.cluster(1);
    String pod = cluster.memberName(0);

    int restarts = pod(cluster, pod).restarts();
    world.crash(cluster, pod, "CrashLoopBackOff");

    assertThat(pod(cluster, pod).running()).isFalse();
    assertThat(pod(cluster, pod).restarts()).isGreaterThan(restarts);
    assertThat(pod(cluster, pod).ready()).isFalse();
    assertThat(pod(cluster, pod).detail()).contains("CrashLoopBackOff");
  }

  @Test
  @Tag("S13")
  @DisplayName(
      "The initial cluster is made where it is not there, rewritten, and read back as it was")
  void initialCluster() {
    ClusterRef cluster = world.cluster(1);
    InitialCluster two =
        new InitialCluster(
            InitialCluster.State.EXISTING,
            Map.of("a-0", URI.create("http://a-0.x:2380"), "a-1", URI.create("http://a-1.x:2380")));

    for (InitialCluster content : List.of(InitialCluster.sealed(), two, two)) {
      assertThat(write(cluster, content).isDone()).isTrue();
      assertThat(workload.observe(cluster).initialCluster())
          .isEqualTo(Fact.known(Optional.of(content)));
    }
  }

  @Test
  @Tag("S06")
  @DisplayName(
      "An initial cluster is not written over what somebody else wrote since it was looked at")
  void staleInitialCluster() {
    ClusterRef cluster = world.cluster(1);
    Optional<InitialCluster> nothing = Optional.empty();
    InitialCluster ticket =
        new InitialCluster(
            InitialCluster.State.EXISTING, Map.of("a-0", URI.create("http://a-0.x:2380")));
    assertThat(write(cluster, InitialCluster.sealed()).isDone()).isTrue();

    for (Optional<InitialCluster> stale : List.of(nothing, Optional.of(ticket))) {
      InitialCluster other =
          new InitialCluster(
              InitialCluster.State.NEW, Map.of("a-1", URI.create("http://a-1.x:2380")));
      assertThat(workload.writeInitialCluster(cluster, stale, other))
          .isInstanceOf(Outcome.Refused.class);
      assertThat(workload.observe(cluster).initialCluster())
          .isEqualTo(Fact.known(Optional.of(InitialCluster.sealed())));
      assertThat(workload.writeInitialCluster(cluster, stale, InitialCluster.sealed()).isDone())
          .as("it stands there already")
          .isTrue();
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "",
        "garbage",
        "a-0=",
        "=http://a:2380",
        "a-0=http://a:1,,",
        "a=http://b:1,a=http://c:1"
      })
  @DisplayName(
      "An initial cluster that was edited into garbage is known, wanted by nobody, and rewritten")
  void handEditedInitialCluster(String members) {
    ClusterRef cluster = world.cluster(1);
    write(cluster, InitialCluster.sealed());

    world.editInitialCluster(cluster, members);

    InitialCluster seen =
        workload.observe(cluster).initialCluster().value().orElseThrow().orElseThrow();
    assertThat(seen.isSealed()).isFalse();
    assertThat(seen.members()).isEmpty();
    write(cluster, InitialCluster.sealed());
    assertThat(workload.observe(cluster).initialCluster())
        .isEqualTo(Fact.known(Optional.of(InitialCluster.sealed())));
  }

  private Outcome write(ClusterRef cluster, InitialCluster content) {
    Optional<InitialCluster> now = workload.observe(cluster).initialCluster().value().orElseThrow();
    return workload.writeInitialCluster(cluster, now, content);
  }

  private StatefulSetView set(ClusterRef cluster) {
    return workload.observe(cluster).statefulSet().value().orElseThrow().orElseThrow();
  }

  private PodView pod(ClusterRef cluster, String name) {
    return workload.observe(cluster).pod(name).orElseThrow();
  }

  private VolumeView volume(ClusterRef cluster, String member) {
    return workload.observe(cluster).volume(member).orElseThrow();
  }
}
