package dev.requorum.operator.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("O01")
@DisplayName("Reading a manifest")
class SpecReaderTest {

  private final SpecReader reader = new SpecReader(RecoveryPolicy.defaults(), "registry/etcd");

  @Test
  @DisplayName("gives goal, policy and image, with the defaults where nothing is said")
  void defaults() {
    ClusterRequest request = accepted("{version: 3.6.16, size: 3}");

    assertThat(request.goal())
        .isEqualTo(
            new ClusterGoal(
                new ClusterRef("test", "demo"), 3, ClusterGoal.Scheme.HTTP, Optional.empty()));
    assertThat(request.image()).isEqualTo("registry/etcd:v3.6.16");
    assertThat(request.recovery().policy()).isEqualTo(RecoveryPolicy.defaults());
  }

  @Test
  @DisplayName("takes registry and version as they are given")
  void image() {
    assertThat(accepted("{version: v3.7.0-rc.1, size: 1, imageRegistry: here/etcd}").image())
        .isEqualTo("here/etcd:v3.7.0-rc.1");
  }

  @ParameterizedTest(name = "{0}: {1} and {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{gracePeriod: 5s} | PT5S | PT10M",
        "{gracePeriod: 1h} | PT1H | PT1H",
        "{downGracePeriod: 1h30m} | PT1M | PT1H30M",
        "{gracePeriod: 5s, downGracePeriod: 5s} | PT5S | PT5S",
      })
  @DisplayName("takes the grace windows; the longer one is never the shorter of the two")
  void windows(String recovery, Duration grace, Duration downGrace) {
    RecoveryPolicy policy =
        accepted("{version: v3.6.16, size: 3, recovery: " + recovery + "}").recovery().policy();

    assertThat(policy.gracePeriod()).isEqualTo(grace);
    assertThat(policy.downGracePeriod()).isEqualTo(downGrace);
  }

  @Test
  @Tag("S21")
  @DisplayName("takes the acknowledged incident from the annotation")
  void acknowledged() {
    EtcdCluster cluster = cluster("{version: v3.6.16, size: 3}");
    cluster.getMetadata().setAnnotations(Map.of(EtcdCluster.ACKNOWLEDGE_DATA_LOSS, "i-1"));

    assertThat(((SpecReader.Accepted) reader.read(cluster)).request().goal().acknowledgedIncident())
        .contains("i-1");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{version: v3.6.16, size: 3, tls: {provider: auto}} | spec.tls is not supported yet",
        "{version: v3.5.10, size: 3} | spec.version must be 3.5.11 or newer, not 3.5.10",
        "{version: latest, size: 3} | spec.version must be a version of etcd",
        "{version: v3.6.16, size: 0} | spec.size must be from 1 to 9, not 0",
        "{version: v3.6.16} | spec.size must be from 1 to 9, not null",
        "{version: v3.6.16, size: 3, etcdOptions: [--name=x, --debug, --data-dir=y]}"
            + " | spec.etcdOptions must not set --name=x, --data-dir=y",
        "{version: v3.6.16, size: 3, storageSpec: {accessModes: ReadOnlyMany}}"
            + " | spec.storageSpec.accessModes must be ReadWriteOnce or ReadWriteMany",
        "{version: v3.6.16, size: 3, storageSpec: {accessModes: ReadWriteMany, volumeSizeRequest:"
            + " 1Gi}} | spec.storageSpec.pvcName is required",
        "{version: v3.6.16, size: 3, storageSpec: {}}"
            + " | spec.storageSpec.volumeSizeRequest must be at least 1Mi",
        "{version: v3.6.16, size: 3, recovery: {gracePeriod: soon}}"
            + " | spec.recovery.gracePeriod must be a duration",
        "{version: v3.6.16, size: 3, recovery: {gracePeriod: 25h}}"
            + " | spec.recovery.gracePeriod must be from 1s to 24h",
        "{version: v3.6.16, size: 3, recovery: {gracePeriod: 10s, downGracePeriod: 5s}}"
            + " | spec.recovery.downGracePeriod must not be shorter than spec.recovery.gracePeriod",
      })
  @DisplayName("refuses what cannot be had, though the API server may have let it in")
  void refused(String spec, String why) {
    assertThat(reader.read(cluster(spec)))
        .isInstanceOfSatisfying(
            SpecReader.Refused.class, refused -> assertThat(refused.why()).contains(why));
  }

  @Test
  @DisplayName("tells of a refused manifest what a recovery needs, where the size can be read")
  void refusedButRecoverable() {
    SpecReader.Refused tls =
        refused("{version: x, size: 5, tls: {provider: auto}, recovery: {gracePeriod: 5s}}");
    assertThat(tls.recovery().orElseThrow().goal().size()).isEqualTo(5);
    assertThat(tls.recovery().orElseThrow().policy().gracePeriod())
        .isEqualTo(Duration.ofSeconds(5));

    SpecReader.Refused windows =
        refused("{version: v3.6.16, size: 3, recovery: {gracePeriod: soon}}");
    assertThat(windows.recovery().orElseThrow().policy()).isEqualTo(RecoveryPolicy.defaults());

    assertThat(refused("{version: v3.6.16, size: 0}").recovery()).isEmpty();
  }

  private SpecReader.Refused refused(String spec) {
    return (SpecReader.Refused) reader.read(cluster(spec));
  }

  private ClusterRequest accepted(String spec) {
    return ((SpecReader.Accepted) reader.read(cluster(spec))).request();
  }

  private static EtcdCluster cluster(String spec) {
    return Serialization.unmarshal(
        """
        apiVersion: operator.etcd.io/v1alpha1
        kind: EtcdCluster
        metadata: {namespace: test, name: demo}
        spec: %s
        """
            .formatted(spec),
        EtcdCluster.class);
  }
}
