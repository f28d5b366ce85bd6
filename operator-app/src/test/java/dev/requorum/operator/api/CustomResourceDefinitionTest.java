package dev.requorum.operator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.operator.world.OperatorWorld;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("O01")
@DisplayName("The CustomResourceDefinition, in a real API server")
class CustomResourceDefinitionTest {

  private static final String MANIFEST =
      """
      apiVersion: operator.etcd.io/v1alpha1
      kind: EtcdCluster
      metadata:
        name: %s
      spec: %s
      """;

  private final OperatorWorld world = OperatorWorld.shared();
  private String namespace;

  @BeforeEach
  void ownNamespace() {
    namespace = world.newNamespace();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{version: v3.5.21, size: 3, tls: }",
        "{version: 3.6.16, size: 1}",
        "{version: 3.5.11, size: 1}",
        "{version: v3.40.0-alpha.0, size: 1}",
        "{version: 3.5.100, size: 1}",
        "{version: v3.5.21, size: 3, imageRegistry: registry.example.com:5000/etcd}",
        "{version: v3.5.21, size: 3, storageSpec: {accessModes: ReadWriteOnce, storageClassName:"
            + " standard, volumeSizeRequest: 64Mi, volumeSizeLimit: 64Mi}}",
        "{version: v3.5.21, size: 3, storageSpec: {accessModes: ReadWriteMany, pvcName: shared,"
            + " volumeSizeRequest: 1Gi}}",
        "{version: v3.5.21, size: 3, etcdOptions: ['--quota-backend-bytes=8589934592',"
            + " '--auto-compaction-retention', '1h']}",
        "{version: v3.5.21, size: 3, podTemplate: {metadata: {labels: {team: a}, annotations: {b:"
            + " c}}, spec: {nodeSelector: {disk: fast}, tolerations: [{key: etcd, operator:"
            + " Exists}], affinity: {podAntiAffinity:"
            + " {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey:"
            + " kubernetes.io/hostname}]}}}}}",
        "{version: v3.5.21, size: 3, tls: {provider: auto, providerCfg: {autoCfg: {commonName: etcd,"
            + " validityDuration: 365d}}}}",
        "{version: v3.5.21, size: 3, tls: {provider: cert-manager, providerCfg: {certManagerCfg:"
            + " {commonName: etcd, issuerKind: ClusterIssuer, issuerName: selfsigned}}}}",
        "{version: v3.5.21, size: 3, recovery: {gracePeriod: 5s, downGracePeriod: 1h30m}}",
        "{version: v3.5.21, size: 3, recovery: {gracePeriod: 1h}}",
        "{version: v3.5.21, size: 3, recovery: {strategy: ForceNewCluster, mode: Never,"
            + " maxAttempts: 10, attemptWindow: 168h, coolDown: 24h, revisionBump:"
            + " 1000000000000000}}",
      })
  @DisplayName("A manifest written for etcd-operator applies unchanged, and so does one with ours")
  void accepted(String spec) {
    EtcdCluster stored = world.create(namespace, MANIFEST.formatted("demo", spec));

    assertThat(stored.getSpec().version).isNotNull();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{version: v3.5.21} | spec.size",
        "{size: 3} | spec.version",
        "{version: v3.5.21, size: 0} | spec.size",
        "{version: v3.5.21, size: -1} | spec.size",
        "{version: v3.5.21, size: 10} | spec.size",
        "{version: latest, size: 3} | spec.version",
        "{version: 2.3.8, size: 3} | spec.version",
        "{version: v3.4.37, size: 3} | spec.version must be 3.5.11 or newer",
        "{version: 3.5.9, size: 3} | spec.version must be 3.5.11 or newer",
        "{version: 3.5.10-rc.1, size: 3} | spec.version must be 3.5.11 or newer",
        "{version: v3.5.21, size: 3, etcdOptions: ['--quota-backend-bytes=1', '--name=x']}"
            + " | spec.etcdOptions must not set --name=x",
        "{version: v3.5.21, size: 3, etcdOptions: ['-data-dir']}"
            + " | spec.etcdOptions must not set -data-dir",
        "{version: v3.5.21, size: 3, etcdOptions: ['--initial-cluster-state new']}"
            + " | spec.etcdOptions must not set --initial-cluster-state new",
        "{version: v3.5.21, size: 3, etcdOptions: [--force-new-cluster]}"
            + " | spec.etcdOptions must not set --force-new-cluster",
        "{version: v3.5.21, size: 3, etcdOptions: ['--listen-client-urls=http://x']}"
            + " | spec.etcdOptions must not set --listen-client-urls=http://x",
        "{version: v3.5.21, size: 3, etcdOptions: ['--peer-cert-file=x']}"
            + " | spec.etcdOptions must not set --peer-cert-file=x",
        "{version: v3.5.21, size: 3, etcdOptions: ['--config-file=x']}"
            + " | spec.etcdOptions must not set --config-file=x",
        "{version: v3.5.21, size: 3, storageSpec: {}} | spec.storageSpec.volumeSizeRequest",
        "{version: v3.5.21, size: 3, storageSpec: {volumeSizeRequest: 1Ki}}"
            + " | spec.storageSpec.volumeSizeRequest must be at least 1Mi",
        "{version: v3.5.21, size: 3, storageSpec: {volumeSizeRequest: 2Gi, volumeSizeLimit: 1Gi}}"
            + " | spec.storageSpec.volumeSizeLimit",
        "{version: v3.5.21, size: 3, storageSpec: {volumeSizeRequest: 1Gi, accessModes:"
            + " ReadOnlyMany}} | spec.storageSpec.accessModes",
        "{version: v3.5.21, size: 3, storageSpec: {volumeSizeRequest: 1Gi, accessModes:"
            + " ReadWriteMany}} | spec.storageSpec.pvcName is required",
        "{version: v3.5.21, size: 3, recovery: {gracePeriod: soon}} | spec.recovery.gracePeriod",
        "{version: v3.5.21, size: 3, recovery: {gracePeriod: 0s}}"
            + " | spec.recovery.gracePeriod must be from 1s to 24h",
        "{version: v3.5.21, size: 3, recovery: {downGracePeriod: 25h}}"
            + " | spec.recovery.downGracePeriod must be from 1s to 24h",
        "{version: v3.5.21, size: 3, recovery: {downGracePeriod: 59s}}"
            + " | spec.recovery.downGracePeriod must not be shorter",
        "{version: v3.5.21, size: 3, recovery: {gracePeriod: 10m, downGracePeriod: 5m}}"
            + " | spec.recovery.downGracePeriod must not be shorter",
        "{version: v3.5.21, size: 3, recovery: {strategy: restore}} | spec.recovery.strategy",
        "{version: v3.5.21, size: 3, recovery: {mode: automatic}} | spec.recovery.mode",
        "{version: v3.5.21, size: 3, recovery: {maxAttempts: 0}} | spec.recovery.maxAttempts",
        "{version: v3.5.21, size: 3, recovery: {maxAttempts: 11}} | spec.recovery.maxAttempts",
        "{version: v3.5.21, size: 3, recovery: {attemptWindow: 59s}}"
            + " | spec.recovery.attemptWindow must be from 1m to 168h",
        "{version: v3.5.21, size: 3, recovery: {coolDown: 25h}}"
            + " | spec.recovery.coolDown must be from 1s to 24h",
        "{version: v3.5.21, size: 3, recovery: {revisionBump: 0}} | spec.recovery.revisionBump",
        "{version: v3.5.21, size: 3, recovery: {revisionBump: 1000000000000001}}"
            + " | spec.recovery.revisionBump",
      })
  @DisplayName("A manifest that cannot be had is refused, and the message names the field")
  void refused(String spec, String named) {
    assertRefused("demo", spec, named);
  }

  @Test
  @DisplayName("What is not said of the recovery has its default in the API, but for the strategy")
  void recoveryDefaults() {
    RecoverySpec stored =
        world
            .create(namespace, MANIFEST.formatted("demo", "{version: v3.5.21, size: 3}"))
            .getSpec()
            .recovery;

    assertThat(stored.mode).isEqualTo("Automatic");
    assertThat(stored.strategy).isNull();
    assertThat(
            List.of(
                stored.gracePeriod, stored.downGracePeriod, stored.attemptWindow, stored.coolDown))
        .containsExactly("60s", "10m", "1h", "1m");
    assertThat(stored.maxAttempts).isEqualTo(3);
    assertThat(stored.revisionBump).isEqualTo(1_000_000_000);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"a.b", "1a", "a123456789b123456789c123456789d123456789e1234567890"})
  @DisplayName("A name that no Service or pod could have is refused")
  void names(String name) {
    assertRefused(name, "{version: v3.5.21, size: 3}", "metadata.name must");
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none | {volumeSizeRequest: 1Gi} | spec.storageSpec is immutable",
        "{volumeSizeRequest: 1Gi} | none | spec.storageSpec is immutable",
        "{volumeSizeRequest: 1Gi} | {volumeSizeRequest: 2Gi} | volumeSizeRequest is immutable",
        "{volumeSizeRequest: 1Gi} | {volumeSizeRequest: 1Gi, storageClassName: fast}"
            + " | storageClassName is immutable",
        "{volumeSizeRequest: 1Gi} | {volumeSizeRequest: 1Gi, volumeSizeLimit: 2Gi}"
            + " | volumeSizeLimit is immutable",
        "{volumeSizeRequest: 1Gi, pvcName: a, accessModes: ReadWriteMany} | {volumeSizeRequest: 1Gi,"
            + " pvcName: b, accessModes: ReadWriteMany} | pvcName is immutable",
        "{volumeSizeRequest: 1Gi} | {volumeSizeRequest: 1Gi, pvcName: a, accessModes: ReadWriteMany}"
            + " | accessModes is immutable",
      })
  @DisplayName("Storage cannot be changed, and the message names what was tried")
  void storageIsImmutable(String before, String after, String named) {
    world.create(namespace, MANIFEST.formatted("demo", withStorage(before)));

    assertThatThrownBy(() -> update(withStorage(after)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(named);
  }

  @Test
  @DisplayName("TLS cannot be asked for of a cluster that exists, and can be given up")
  void tls() {
    world.create(namespace, MANIFEST.formatted("demo", "{version: v3.5.21, size: 3}"));
    assertThatThrownBy(() -> update("{version: v3.5.21, size: 3, tls: {provider: auto}}"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.tls is not supported yet");

    world.admin().resource(world.find(namespace, "demo")).delete();
    world.create(
        namespace,
        MANIFEST.formatted("demo", "{version: v3.5.21, size: 3, tls: {provider: auto}}"));
    update("{version: v3.5.21, size: 3}");
    assertThat(world.find(namespace, "demo").getSpec().tls).isNull();
  }

  @Test
  @DisplayName("Size, version, options, windows and what becomes of the volumes can be changed")
  void mutable() {
    world.create(namespace, MANIFEST.formatted("demo", withStorage("{volumeSizeRequest: 1Gi}")));

    update(
        "{version: v3.6.16, size: 5, etcdOptions: [--debug], recovery: {gracePeriod: 90s},"
            + " storageSpec: {volumeSizeRequest: 1024Mi, volumeRetention: Delete}}");

    EtcdCluster stored = world.find(namespace, "demo");
    assertThat(stored.getSpec().size).isEqualTo(5);
    assertThat(stored.getSpec().storageSpec.volumeRetention).isEqualTo(StorageSpec.DELETE);
  }

  @Test
  @DisplayName("kubectl get shows size, ready members, phase, version and age, in this order")
  void printerColumns() throws IOException {
    assertThat(shipped().getSpec().getVersions().get(0).getAdditionalPrinterColumns())
        .extracting("name")
        .containsExactly("Size", "Ready", "Phase", "Version", "Age");
  }

  @Test
  @DisplayName(
      "deploy/base/crd/crd.yaml is what this build generates, but for the order of the columns")
  void checkedIn() throws IOException {
    CustomResourceDefinition generated =
        Serialization.unmarshal(
            CustomResourceDefinitionTest.class.getResourceAsStream(OperatorWorld.CRD),
            CustomResourceDefinition.class);

    assertThat(sorted(shipped()))
        .as(
            "copy %s over it, and put the columns, which the generator sorts, in their order",
            "operator-app/target/classes" + OperatorWorld.CRD)
        .isEqualTo(sorted(generated));
  }

  private static CustomResourceDefinition shipped() throws IOException {
    return Serialization.unmarshal(
        Files.readString(OperatorWorld.repository("deploy/base/crd/crd.yaml")),
        CustomResourceDefinition.class);
  }

  private static CustomResourceDefinition sorted(CustomResourceDefinition definition) {
    definition
        .getSpec()
        .getVersions()
        .get(0)
        .getAdditionalPrinterColumns()
        .sort(Comparator.comparing(CustomResourceColumnDefinition::getName));
    return definition;
  }

  private void assertRefused(String name, String spec, String named) {
    assertThatThrownBy(() -> world.create(namespace, MANIFEST.formatted(name, spec)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(named);
  }

  private static String withStorage(String storage) {
    String more = storage == null ? "" : ", storageSpec: " + storage;
    return "{version: v3.5.21, size: 3" + more + "}";
  }

  private void update(String spec) {
    EtcdCluster wanted =
        Serialization.unmarshal(MANIFEST.formatted("demo", spec), EtcdCluster.class);
    OperatorWorld.edit(
        world.admin().resources(EtcdCluster.class).inNamespace(namespace).withName("demo"),
        stored -> {
          stored.setSpec(wanted.getSpec());
        });
  }
}
