package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@DisplayName("After the reboot of its node")
@Isolated("it kills a node that the others' pods run on")
class RebootTest {
  private static final World WORLD = SharedWorld.get();
  private static ClaimPods pods;

  @BeforeAll
  static void createClaim() {
    pods = new ClaimPods(WORLD, "reboot", "1Gi");
  }

  @AfterAll
  static void deleteAll() {
    pods.deleteNamespace();
  }

  @Test
  @DisplayName("a pod that runs once has failed, and is not run a second time")
  void runsOnce() {
    WorldPod pod = pods.startMember("once", "/var/lib/etcd", "node-2");

    WORLD.node("node-2").kill();
    WORLD.node("node-2").revive();

    assertThat(pods.awaitEnd("once", "Failed").getReason()).isEqualTo("Unknown");
    assertThat(pod.process()).isEmpty();
  }
}
