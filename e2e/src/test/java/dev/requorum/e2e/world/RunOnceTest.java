package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.PodSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@DisplayName("A pod that runs once beside a member's data")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunOnceTest {
  private static final String NODE = "node-3";
  private static ClaimPods pods;

  @BeforeAll
  static void writeData() {
    pods = new ClaimPods(SharedWorld.get(), "run-once", "1Gi");
    pods.startMember("member", "/var/lib/etcd", NODE).etcdctl("put", "key", "value");
  }

  @AfterAll
  static void deleteAll() {
    pods.deleteNamespace();
  }

  @Test
  @Order(1)
  @DisplayName("is placed where the volume is, though other nodes have fewer pods")
  void isPlacedAtTheVolume() {
    pods.start("version", ClaimPods.etcd("/usr/local/bin/etcdutl", "version"));

    pods.awaitEnd("version", "Succeeded");
    assertThat(pods.get("version").getSpec().getNodeName()).isEqualTo(NODE);
  }

  @Test
  @Order(2)
  @DisplayName("sees what the member left, and leaves a directory in which a member starts")
  void restores() {
    pods.delete("member");
    pods.start("restore", restoreInto("next"));

    ContainerStateTerminated end = pods.awaitEnd("restore", "Succeeded");
    assertThat(end.getExitCode()).isZero();
    assertThat(end.getMessage()).isNull();
    assertThat(pods.directory().resolve("member/snap/db")).exists();

    WorldPod member = pods.startMember("restored", "/var/lib/etcd/next", NODE);
    assertThat(member.etcdctl("get", "key", "--print-value-only").strip()).isEqualTo("value");
    pods.delete("restored");
  }

  @Test
  @Order(3)
  @DisplayName("that fails says so with its status and the end of its log, and is left at that")
  void fails() {
    pods.start("failing", restoreInto("next"));

    ContainerStateTerminated end = pods.awaitEnd("failing", "Failed");
    assertThat(end.getExitCode()).isEqualTo(1);
    assertThat(end.getMessage()).contains("Error: data-dir \"/var/lib/etcd/next\" not empty");
    assertThat(runs("failing")).isZero();
  }

  @Test
  @Order(4)
  @DisplayName("that is killed has failed, and is not started again")
  void isKilled() {
    pods.startMember("killed", "/var/lib/etcd/killed", NODE).kill();

    ContainerStateTerminated end = pods.awaitEnd("killed", "Failed");
    assertThat(end.getExitCode()).isEqualTo(137);
    assertThat(pods.pod("killed").process()).isEmpty();
    assertThat(runs("killed")).isZero();
  }

  @Test
  @Order(5)
  @DisplayName("goes when it is deleted, ended or in its midst, and another may take its name")
  void isDeleted() {
    WorldPod running = pods.startMember("running", "/var/lib/etcd/running", NODE);
    WorldProcess process = running.process().orElseThrow();
    pods.delete("running");
    assertThat(process.isAlive()).isFalse();

    pods.delete("failing");
    pods.start("failing", restoreInto("again"));
    pods.awaitEnd("failing", "Succeeded");
  }

  private static int runs(String name) {
    return pods.get(name).getStatus().getContainerStatuses().get(0).getRestartCount();
  }

  private static PodSpec restoreInto(String directory) {
    return ClaimPods.etcd(
        "/usr/local/bin/etcdutl",
        "snapshot",
        "restore",
        "/var/lib/etcd/member/snap/db",
        "--skip-hash-check",
        "--data-dir=/var/lib/etcd/" + directory);
  }
}
