package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.ports.kubernetes.InitialCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The data directory in <name>-state")
class InitialClusterDataTest {

  private static final InitialCluster AT_TOP =
      new InitialCluster(
          InitialCluster.State.NEW, Map.of("demo-0", URI.create("http://demo-0:2380")));

  @Test
  @DisplayName("is the mount itself, or a directory beneath it, and comes back as it was")
  void roundTrip() {
    InitialCluster beneath = AT_TOP.in(Optional.of("i-20260131-120000-1"));

    assertThat(InitialClusterData.render(AT_TOP)).containsEntry("ETCD_DATA_DIR", "/var/lib/etcd");
    assertThat(InitialClusterData.render(beneath))
        .containsEntry("ETCD_DATA_DIR", "/var/lib/etcd/i-20260131-120000-1");
    assertThat(parse(InitialClusterData.render(AT_TOP))).isEqualTo(AT_TOP);
    assertThat(parse(InitialClusterData.render(beneath))).isEqualTo(beneath);
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "/",
        "/var/lib",
        "/var/lib/etcd/",
        "/var/lib/etcd2",
        "/var/lib/etcd/../etc",
        "/var/lib/etcd/i-1/member",
        "/var/lib/etcd/UPPER",
        "var/lib/etcd/i-1",
      })
  @DisplayName("that nobody here wrote makes the whole content one that names no member")
  void garbage(String path) {
    Map<String, String> data = new HashMap<>(InitialClusterData.render(AT_TOP));
    data.put("ETCD_DATA_DIR", path);

    assertThat(parse(data).members()).isEmpty();
  }

  private static InitialCluster parse(Map<String, String> data) {
    return InitialClusterData.parse(new ConfigMapBuilder().withData(data).build());
  }
}
