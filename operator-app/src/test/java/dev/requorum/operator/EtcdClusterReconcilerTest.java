package dev.requorum.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.operator.api.EtcdCluster;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("The controller")
class EtcdClusterReconcilerTest {

  @Test
  @Tag("S06")
  @DisplayName("starts no round for what it wrote itself")
  void ownWrites() {
    EtcdCluster before = cluster();
    EtcdCluster statusOnly = cluster();
    statusOnly.getMetadata().setResourceVersion("99999999");
    statusOnly.setStatus(new dev.requorum.operator.api.EtcdClusterStatus());
    assertThat(EtcdClusterReconciler.isForUs(statusOnly, before)).isFalse();

    EtcdCluster acknowledged = cluster();
    acknowledged.getMetadata().setAnnotations(Map.of(EtcdCluster.ACKNOWLEDGE_DATA_LOSS, "i-1"));
    assertThat(EtcdClusterReconciler.isForUs(acknowledged, before)).isTrue();

    EtcdCluster changed = cluster();
    changed.getMetadata().setGeneration(2L);
    assertThat(EtcdClusterReconciler.isForUs(changed, before)).isTrue();
  }

  private static EtcdCluster cluster() {
    EtcdCluster cluster = new EtcdCluster();
    cluster.getMetadata().setName("demo");
    cluster.getMetadata().setGeneration(1L);
    cluster.getMetadata().setResourceVersion("1");
    return cluster;
  }
}
