package dev.requorum.operator.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.recovery.AttemptLimits;
import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.ports.ClusterGoal;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.RecoveryWish;
import dev.requorum.ports.record.Strategy;
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
        "{gracePeriod: 1h, downGracePeriod: 10m} | PT1H | PT1H",
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
        "{version: v3.6.16, size: 3, recovery: {strategy: restore}}"
            + " | spec.recovery.strategy must be Restore or ForceNewCluster, not \"restore\"",
        "{version: v3.6.16, size: 3, recovery: {mode: Always}}"
            + " | spec.recovery.mode must be Automatic, Approve or Never, not \"Always\"",
        "{version: v3.6.16, size: 3, recovery: {maxAttempts: 11}}"
            + " | spec.recovery.maxAttempts must be from 1 to 10, not 11",
        "{version: v3.6.16, size: 3, recovery: {attemptWindow: 59s}}"
            + " | spec.recovery.attemptWindow must be from 1m to 168h, not 59s",
        "{version: v3.6.16, size: 3, recovery: {coolDown: 0s}}"
            + " | spec.recovery.coolDown must be from 1s to 24h, not 0s",
        "{version: v3.6.16, size: 3, recovery: {revisionBump: 0}}"
            + " | spec.recovery.revisionBump must be from 1 to 1000000000000000, not 0",
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

    assertThat(refused("{version: v3.6.16, size: 0}").recovery()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{gracePeriod: soon} | PT1M | PT10M | 3 | PT1H | PT1M | 1000000000",
        "{gracePeriod: 25h} | PT24H | PT24H | 3 | PT1H | PT1M | 1000000000",
        "{gracePeriod: 0s, downGracePeriod: 90s} | PT1S | PT1M30S | 3 | PT1H | PT1M | 1000000000",
        "{gracePeriod: 2h, downGracePeriod: 1h} | PT2H | PT2H | 3 | PT1H | PT1M | 1000000000",
        "{maxAttempts: 0, coolDown: 2d} | PT1M | PT10M | 1 | PT1H | PT1M | 1000000000",
        "{maxAttempts: 99, attemptWindow: 30s} | PT1M | PT10M | 10 | PT1M | PT1M | 1000000000",
        "{revisionBump: -5, attemptWindow: 999h} | PT1M | PT10M | 3 | PT168H | PT1M | 1",
      })
  @DisplayName("takes the nearest valid bound for one that is refused, and the rest as it is given")
  void nearestBounds(
      String recovery,
      Duration grace,
      Duration downGrace,
      int attempts,
      Duration window,
      Duration coolDown,
      long bump) {
    RecoveryPolicy policy =
        refused("{version: v3.6.16, size: 3, recovery: " + recovery + "}")
            .recovery()
            .orElseThrow()
            .policy();

    assertThat(policy)
        .isEqualTo(
            RecoveryPolicy.defaults()
                .withWindows(grace, downGrace)
                .withLimits(new AttemptLimits(attempts, window, coolDown), bump));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "{} | AUTOMATIC | none",
        "{strategy: Restore, mode: Automatic} | AUTOMATIC | RESTORE",
        "{strategy: ForceNewCluster, mode: Approve} | APPROVE | FORCE_NEW_CLUSTER",
        "{mode: Never} | NEVER | none",
      })
  @DisplayName("takes strategy and mode; without a strategy the best one is to be chosen")
  void strategyAndMode(String recovery, RecoveryWish.Mode mode, Strategy strategy) {
    RecoveryWish wish =
        accepted("{version: v3.6.16, size: 3, recovery: " + recovery + "}").goal().recovery();

    assertThat(wish)
        .isEqualTo(new RecoveryWish(mode, Optional.ofNullable(strategy), Optional.empty()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "{mode: Never, gracePeriod: soon} | NEVER | none",
        "{mode: Approve, strategy: Best} | APPROVE | none",
        "{mode: never, strategy: ForceNewCluster} | APPROVE | FORCE_NEW_CLUSTER",
      })
  @DisplayName(
      "keeps mode and strategy of a manifest that is refused; what is no mode asks a human")
  void refusedWish(String recovery, RecoveryWish.Mode mode, Strategy strategy) {
    RecoveryWish wish =
        refused("{version: v3.6.16, size: 3, recovery: " + recovery + "}")
            .recovery()
            .orElseThrow()
            .goal()
            .recovery();

    assertThat(wish.mode()).isEqualTo(mode);
    assertThat(wish.strategy()).isEqualTo(Optional.ofNullable(strategy));
  }

  @Test
  @DisplayName("takes the approved plan from the annotation, also of a manifest that is refused")
  void approved() {
    EtcdCluster cluster = cluster("{version: v3.6.16, size: 3}");
    cluster.getMetadata().setAnnotations(Map.of(EtcdCluster.APPROVE_RECOVERY, " 0123abcd "));
    assertThat(
            ((SpecReader.Accepted) reader.read(cluster)).request().goal().recovery().approvedPlan())
        .contains("0123abcd");

    cluster.getSpec().version = "latest";
    assertThat(
            ((SpecReader.Refused) reader.read(cluster))
                .recovery()
                .orElseThrow()
                .goal()
                .recovery()
                .approvedPlan())
        .contains("0123abcd");
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
