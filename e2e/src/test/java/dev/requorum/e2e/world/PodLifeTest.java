package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pods of a StatefulSet of three etcd members")
class PodLifeTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final World WORLD = SharedWorld.get();
  private static EtcdSet set;

  @BeforeAll
  static void createSet() {
    set = EtcdSet.create(WORLD, "pod-life", 3);
    set.awaitReady(0, 1, 2);
  }

  @AfterAll
  static void deleteSet() {
    set.delete();
  }

  @Test
  @DisplayName("serve: what one member is told the others know")
  void serve() {
    set.pod(0).etcdctl("put", "key", "value");

    assertThat(get(2, "key")).isEqualTo("value");
  }

  @Test
  @DisplayName("are spread over the nodes")
  void areSpread() {
    assertThat(List.of(0, 1, 2))
        .map(ordinal -> set.apiPod(ordinal).orElseThrow().getSpec().getNodeName())
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName(
      "are started again when their process is killed, at once the first time, then after a back-off")
  void backOff() {
    int restarts = container(1).getRestartCount();

    set.pod(1).kill();
    awaitRestarts(1, restarts + 1);
    set.pod(1).kill();

    Await.until(
        "the container waits in CrashLoopBackOff",
        LIMIT,
        () ->
            container(1).getState().getWaiting() != null
                && container(1).getState().getWaiting().getReason().equals("CrashLoopBackOff"),
        set::describe);
    assertThat(container(1).getLastState().getTerminated().getExitCode()).isEqualTo(137);
    awaitRestarts(1, restarts + 2);
    set.awaitReady(0, 1, 2);
  }

  @Test
  @DisplayName("stay down while they are held, and keep their data")
  void hold() {
    set.pod(1).etcdctl("put", "held", "kept");
    String uid = uid(1);

    set.pod(1).hold();
    Await.until("the member is not ready", LIMIT, () -> !set.isReady(1), set::describe);
    assertThat(set.pod(1).process()).isEmpty();

    set.pod(1).release();
    set.awaitReady(0, 1, 2);
    assertThat(uid(1)).isEqualTo(uid);
    assertThat(get(1, "held")).isEqualTo("kept");
  }

  @Test
  @DisplayName(
      "end in good order when they are deleted, and their successors find their data and their address")
  void gracefulDeletion() {
    set.pod(1).etcdctl("put", "deleted", "kept");
    String uid = uid(1);
    String address = set.pod(1).address();

    pods(1).delete();
    awaitSuccessor(1, uid);

    assertThat(get(1, "deleted")).isEqualTo("kept");
    assertThat(set.pod(1).address()).isEqualTo(address);
    assertThat(set.pod(1).process().orElseThrow().log()).contains("received signal; shutting down");
  }

  @Test
  @DisplayName("vanish at once when their deletion is forced, and their process ends soon after")
  void forcedDeletion() {
    String uid = uid(2);
    WorldProcess process = set.pod(2).process().orElseThrow();

    pods(2).withGracePeriod(0).delete();
    awaitSuccessor(2, uid);

    assertThat(process.isAlive()).isFalse();
  }

  @Test
  @DisplayName(
      "lose their data when their claim is deleted with them, and start with what their ConfigMap says then")
  void claimDeletion() {
    String uid = uid(0);
    String volume = volume(0);
    Path directory = directory(volume);
    assertThat(directory.resolve("etcd-0/member")).exists();

    set.pod(0).hold();
    claim(0).delete();
    pods(0).withGracePeriod(0).delete();
    Await.until(
        "the old volume is gone with its directory",
        LIMIT,
        () ->
            WORLD.client().persistentVolumes().withName(volume).get() == null
                && !Files.exists(directory),
        () -> WORLD.client().persistentVolumes().withName(volume).get());

    // An empty member that came back under its old id would have no memory of what it voted for.
    set.replaceMember(0, 1);
    set.setInitialClusterState("existing");
    set.pod(0).release();
    awaitSuccessor(0, uid);
    assertThat(volume(0)).isNotEqualTo(volume);
    assertThat(set.pod(0).process().orElseThrow().log())
        .contains("\"initial-cluster-state\":\"existing\"");
  }

  private static Resource<PersistentVolumeClaim> claim(int ordinal) {
    return WORLD
        .client()
        .persistentVolumeClaims()
        .inNamespace(set.namespace())
        .withName("etcd-data-etcd-" + ordinal);
  }

  private static String volume(int ordinal) {
    return claim(ordinal).get().getSpec().getVolumeName();
  }

  private static Path directory(String volume) {
    return PodVolumes.directory(WORLD.client().persistentVolumes().withName(volume).get())
        .orElseThrow();
  }

  private static void awaitRestarts(int ordinal, int restarts) {
    Await.until(
        "restart " + restarts,
        LIMIT,
        () ->
            container(ordinal).getRestartCount() == restarts
                && set.pod(ordinal).process().isPresent(),
        set::describe);
  }

  private static void awaitSuccessor(int ordinal, String uid) {
    Await.until(
        "the pod has a successor",
        LIMIT,
        () ->
            set.apiPod(ordinal).filter(pod -> !pod.getMetadata().getUid().equals(uid)).isPresent(),
        set::describe);
    set.awaitReady(0, 1, 2);
  }

  private static PodResource pods(int ordinal) {
    return WORLD.client().pods().inNamespace(set.namespace()).withName("etcd-" + ordinal);
  }

  private static String uid(int ordinal) {
    return set.apiPod(ordinal).map(Pod::getMetadata).orElseThrow().getUid();
  }

  private static ContainerStatus container(int ordinal) {
    return set.apiPod(ordinal).orElseThrow().getStatus().getContainerStatuses().get(0);
  }

  private static String get(int ordinal, String key) {
    return set.pod(ordinal).etcdctl("get", key, "--print-value-only").strip();
  }
}
