package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A local volume")
class LocalVolumeTest {
  private static ClaimPods pods;

  @BeforeAll
  static void createClaim() {
    pods = new ClaimPods(SharedWorld.get(), "local-volume", "100Mi");
  }

  @AfterAll
  static void deleteAll() {
    pods.deleteNamespace();
  }

  @Test
  @DisplayName("has no more room than was claimed, and says so to a restore")
  void hasNoMoreRoom() {
    // A member and a restore take 64 MiB each for their write-ahead log before they write anything.
    pods.startMember("member", "/var/lib/etcd/a", "node-1");
    pods.delete("member");
    pods.start(
        "restore",
        ClaimPods.etcd(
            "/usr/local/bin/etcdutl",
            "snapshot",
            "restore",
            "/var/lib/etcd/a/member/snap/db",
            "--skip-hash-check",
            "--data-dir=/var/lib/etcd/b"));

    assertThat(pods.awaitEnd("restore", "Failed").getMessage()).contains("no space left on device");
  }
}
