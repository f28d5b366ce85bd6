package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

@DisplayName("When something in the local world fails,")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Isolated("it kills and cuts nodes that the others' pods run on")
class FailureTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final World WORLD = SharedWorld.get();
  private static EtcdSet set;

  @BeforeAll
  static void createSet() {
    set = EtcdSet.create(WORLD, "failure", 3);
    set.awaitReady(0, 1, 2);
  }

  @Test
  @Order(1)
  @DisplayName(
      "two members that are cut from each other lose sight of each other, and of nobody else, until they are healed")
  void cutBetweenPods() {
    Party one = set.pod(0).party();
    Party other = set.pod(1).party();

    WORLD.cut(one, other);
    assertThat(canConnect(0, 1)).isFalse();
    assertThat(canConnect(1, 0)).isFalse();
    assertThat(canConnect(0, 2)).isTrue();
    assertThat(canConnect(2, 1)).isTrue();

    WORLD.heal(other, one);
    assertThat(canConnect(0, 1)).isTrue();
    set.awaitReady(0, 1, 2);
  }

  @Test
  @Order(2)
  @DisplayName("a member cut from all others loses its quorum, and the others elect a leader")
  void cutFromEverybody() {
    WORLD.cut(set.pod(0).party(), Party.everybodyElse());
    Await.until("the member is not ready", LIMIT, () -> !set.isReady(0), set::describe);

    set.pod(1).etcdctl("put", "while-cut", "1");
    assertThatThrownBy(() -> set.pod(0).etcdctl("get", "while-cut", "--command-timeout=2s"))
        .isInstanceOf(WorldException.class);

    WORLD.heal(set.pod(0).party(), Party.everybodyElse());
    set.awaitReady(0, 1, 2);
    assertThat(set.pod(0).etcdctl("get", "while-cut", "--print-value-only").strip()).isEqualTo("1");
  }

  @Test
  @Order(3)
  @DisplayName(
      "a node that is cut off is no longer ready, while its member runs on, even one that was deleted meanwhile")
  void nodeCutOff() {
    WorldNode node = WORLD.node(nodeOf(2));
    WorldProcess process = set.pod(2).process().orElseThrow();
    String uid = set.apiPod(2).orElseThrow().getMetadata().getUid();
    String address = set.pod(2).address();

    node.cutOff();
    awaitNode(node, "Unknown");
    assertThat(process.isAlive()).isTrue();

    WORLD
        .client()
        .pods()
        .inNamespace(set.namespace())
        .withName("etcd-2")
        .withGracePeriod(0)
        .delete();
    Await.until(
        "the pod's successor is on another node, at another address",
        LIMIT,
        () ->
            set.apiPod(2)
                .filter(pod -> !pod.getMetadata().getUid().equals(uid))
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .filter(pod -> !pod.getSpec().getNodeName().equals(node.name()))
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .filter(pod -> !pod.getStatus().getPodIP().equals(address))
                .isPresent(),
        set::describe);
    assertThat(process.isAlive()).isTrue();

    node.heal();
    awaitNode(node, "True");
    Await.until(
        "the node ends the deleted pod's process", LIMIT, () -> !process.isAlive(), set::describe);
    set.awaitReady(0, 1, 2);
  }

  @Test
  @Order(4)
  @DisplayName(
      "a node that is cut from the API server alone goes on by itself, and tells afterwards what happened meanwhile")
  void nodeCutFromApiServer() {
    WorldNode node = WORLD.node(nodeOf(0));
    int restarts = restarts(0);

    WORLD.cut(node.party(), Party.apiServer());
    awaitNode(node, "Unknown");
    set.pod(0).kill();
    Await.until(
        "the node starts the member again, which joins the others",
        LIMIT,
        () -> set.pod(0).process().isPresent() && canConnect(1, 0),
        set::describe);
    assertThat(restarts(0)).isEqualTo(restarts);

    WORLD.heal(node.party(), Party.apiServer());
    awaitNode(node, "True");
    Await.until("the restart is reported", LIMIT, () -> restarts(0) == restarts + 1, set::describe);
    set.awaitReady(0, 1, 2);
  }

  @Test
  @Order(5)
  @DisplayName(
      "a node that is killed takes its member with it, and starts it again when it is revived")
  void nodeKilled() {
    WorldNode node = WORLD.node(nodeOf(1));
    WorldProcess process = set.pod(1).process().orElseThrow();

    node.kill();
    assertThat(process.isAlive()).isFalse();
    awaitNode(node, "Unknown");
    Await.until("the member is not ready", LIMIT, () -> !set.isReady(1), set::describe);

    node.revive();
    awaitNode(node, "True");
    set.awaitReady(0, 1, 2);
  }

  @Test
  @Order(6)
  @DisplayName("a set cut down by ordinals.start and replicas keeps exactly the one pod, untouched")
  void ordinalsWindow() {
    String uid = set.apiPod(2).orElseThrow().getMetadata().getUid();

    set.setOrdinals(2, 1);

    Await.until(
        "only etcd-2 is left",
        LIMIT,
        () -> set.podNames().equals(List.of("etcd-2")),
        set::describe);
    assertThat(set.apiPod(2).orElseThrow().getMetadata().getUid()).isEqualTo(uid);

    set.setOrdinals(0, 3);
    set.awaitReady(0, 1, 2);
  }

  @Test
  @Order(7)
  @DisplayName(
      "nothing is left of a namespace that is deleted: no process, no volume, no disk space")
  void deletedNamespace() {
    List<WorldProcess> processes =
        List.of(0, 1, 2).stream().map(each -> set.pod(each).process().orElseThrow()).toList();
    List<Path> disks =
        WORLD.client().persistentVolumes().list().getItems().stream()
            .filter(each -> each.getSpec().getClaimRef().getNamespace().equals(set.namespace()))
            .flatMap(each -> PodVolumes.directory(each).stream())
            .toList();
    assertThat(disks).hasSize(3).allMatch(Files::exists);

    set.delete();

    Await.until(
        "its processes have ended",
        LIMIT,
        () -> processes.stream().noneMatch(WorldProcess::isAlive),
        set::describe);
    Await.until(
        "the disks are gone",
        LIMIT,
        () -> disks.stream().noneMatch(Files::exists),
        () -> WORLD.client().persistentVolumes().list());
  }

  private static void awaitNode(WorldNode node, String ready) {
    Await.until(
        "%s has Ready=%s".formatted(node.name(), ready),
        LIMIT,
        () -> ready(node).equals(ready),
        () -> ready(node));
  }

  private static String ready(WorldNode node) {
    Node found = WORLD.client().nodes().withName(node.name()).get();
    return found.getStatus().getConditions().stream()
        .filter(each -> each.getType().equals("Ready"))
        .findFirst()
        .orElseThrow()
        .getStatus();
  }

  private static String nodeOf(int ordinal) {
    return set.apiPod(ordinal).orElseThrow().getSpec().getNodeName();
  }

  private static int restarts(int ordinal) {
    return set.apiPod(ordinal)
        .orElseThrow()
        .getStatus()
        .getContainerStatuses()
        .get(0)
        .getRestartCount();
  }

  private static boolean canConnect(int from, int to) {
    String etcdctl = Binaries.fromEnvironment().newest("etcdctl").toString();
    try {
      set.pod(from)
          .runInNetwork(
              List.of(
                  etcdctl,
                  "--endpoints=http://%s:2379".formatted(set.pod(to).address()),
                  "--command-timeout=1s",
                  "--dial-timeout=1s",
                  "endpoint",
                  "status"));
      return true;
    } catch (WorldException e) {
      return false;
    }
  }
}
