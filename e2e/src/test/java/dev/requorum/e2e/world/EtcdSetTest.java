package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A StatefulSet of etcd members in the local world")
class EtcdSetTest {
  private final World world = SharedWorld.get();

  @Test
  @DisplayName("becomes ready, and what one member is told the others know")
  void servesWrites() {
    EtcdSet set = EtcdSet.create(world, "serves", 3);
    set.awaitReady(0, 1, 2);

    set.pod(0).etcdctl("put", "key", "value");

    assertThat(set.pod(2).etcdctl("get", "key", "--print-value-only").strip()).isEqualTo("value");
    set.delete();
  }
}
