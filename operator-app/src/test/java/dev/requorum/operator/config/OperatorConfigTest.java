package dev.requorum.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The environment variables")
class OperatorConfigTest {

  private static final Map<String, String> LEAST =
      Map.of("POD_NAME", "requorum-0", "POD_NAMESPACE", "requorum");

  @Test
  @DisplayName("have defaults for everything but the pod's name and namespace")
  void defaults() {
    OperatorConfig config = OperatorConfig.of(LEAST);

    assertThat(config.namespaces()).isEmpty();
    assertThat(config.httpPort()).isEqualTo(8080);
    assertThat(config.copiesDir()).isEqualTo(Path.of("/var/lib/requorum/copies"));
    assertThat(config.lease().enabled()).isTrue();
    assertThat(config.lease().namespace()).isEqualTo("requorum");
    assertThat(config.lease().identity()).isEqualTo("requorum-0");
    assertThat(config.policy().incidentInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.policy().calmInterval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("are taken where they are set")
  void set() {
    OperatorConfig config =
        with(
            Map.of(
                "WATCH_NAMESPACES", "a, b",
                "LEASE_NAMESPACE", "other",
                "LEASE_DURATION", "1m",
                "HTTP_PORT", "0",
                "PROBE_LIMIT", "5s",
                "COPIES_DIR", "/copies"));

    assertThat(config.namespaces()).containsExactlyInAnyOrder("a", "b");
    assertThat(config.lease().namespace()).isEqualTo("other");
    assertThat(config.lease().duration()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.httpPort()).isZero();
    assertThat(config.policy().probeLimits().perMember()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.copiesDir()).isEqualTo(Path.of("/copies"));
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "HTTP_PORT,http",
    "HTTP_PORT,70000",
    "RECONCILE_THREADS,0",
    "LEASE_DURATION,fast",
    "LEASE_DURATION,0s",
    "LEASE_DURATION,10s",
    "LEASE_RETRY_PERIOD,10s",
    "LEADER_ELECTION,yes",
    "MEMBER_LIST_LIMIT,31s",
    "PROBE_LIMIT,-1s",
  })
  @DisplayName("are named where their value cannot be taken")
  void refused(String variable, String value) {
    assertThatThrownBy(() -> with(Map.of(variable, value)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(variable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POD_NAME", "POD_NAMESPACE"})
  @DisplayName("must say who takes part in the leader election, and where")
  void leaderElection(String variable) {
    Map<String, String> without = new HashMap<>(LEAST);
    without.remove(variable);

    assertThatThrownBy(() -> OperatorConfig.of(without))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(variable);

    without.put("LEADER_ELECTION", "false");
    assertThat(OperatorConfig.of(without).lease().enabled()).isFalse();
  }

  private static OperatorConfig with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(LEAST);
    all.putAll(more);
    return OperatorConfig.of(all);
  }
}
