package dev.requorum.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.SampleRecords;
import dev.requorum.ports.record.Step;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("O02")
@DisplayName("A cluster's objects, in a real API server under the operator's own rights")
class ClusterObjectsTest {

  private static final String STORAGE = "storageSpec: {volumeSizeRequest: 1Gi}";

  private final ObjectsFixture fixture = new ObjectsFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  @DisplayName("are made, belong to the cluster, and let all its first members start at once")
  void created() {
    EtcdCluster cluster = fixture.create(STORAGE);

    assertThat(fixture.ensure(cluster, RecoveryRecord.empty())).isEqualTo(new Ensured.Done());

    assertThat(List.of(fixture.service(), fixture.configMap(), fixture.statefulSet()))
        .allMatch(object -> Ownership.isOwned(cluster, object));
    assertThat(fixture.service().getSpec().getClusterIP()).isEqualTo("None");
    assertThat(fixture.service().getSpec().getPublishNotReadyAddresses()).isTrue();
    assertThat(fixture.configMap().getData())
        .containsEntry("ETCD_INITIAL_CLUSTER_STATE", "new")
        .containsEntry(
            "ETCD_INITIAL_CLUSTER",
            "demo-0=http://demo-0.demo.%1$s.svc.cluster.local:2380,demo-1=http://demo-1.demo.%1$s.svc.cluster.local:2380,demo-2=http://demo-2.demo.%1$s.svc.cluster.local:2380"
                .formatted(fixture.namespace))
        .containsEntry("ETCD_DATA_DIR", "/var/lib/etcd");
    assertThat(fixture.statefulSet().getSpec().getReplicas()).isEqualTo(3);
    assertThat(fixture.statefulSet().getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
    assertThat(fixture.statefulSet().getSpec().getUpdateStrategy().getType()).isEqualTo("OnDelete");
    assertThat(fixture.statefulSet().getSpec().getVolumeClaimTemplates())
        .extracting(claim -> claim.getMetadata().getName())
        .containsExactly("etcd-data");
  }

  @Test
  @DisplayName(
      "let nobody start with an empty volume where a former cluster of that name left volumes, and run"
          + " all of those")
  void madeAgain() {
    EtcdCluster cluster = fixture.create(STORAGE);
    fixture.ensure(cluster, RecoveryRecord.empty());
    fixture.leaveClaim("etcd-data-demo-4", Ownership.selector(cluster));
    fixture.leaveClaim("other-demo-7", Ownership.selector(cluster));
    assertThat(fixture.configMap().getData()).containsEntry("ETCD_INITIAL_CLUSTER_STATE", "new");
    fixture.deleteObjects();

    assertThat(fixture.ensureAfterRestart(cluster, RecoveryRecord.empty()))
        .isEqualTo(new Ensured.Done());

    assertThat(fixture.configMap().getData())
        .containsEntry("ETCD_INITIAL_CLUSTER_STATE", "existing")
        .containsEntry("ETCD_INITIAL_CLUSTER", "sealed=http://sealed.invalid:2380");
    assertThat(fixture.statefulSet().getSpec().getReplicas()).isEqualTo(5);
    assertThat(fixture.statefulSet().getSpec().getOrdinals().getStart()).isZero();
  }

  @Test
  @DisplayName(
      "start members on the directory that was restored last, of those that a former cluster's claims"
          + " name, and on none before it")
  void madeAgainAfterRestores() {
    EtcdCluster cluster = fixture.create(STORAGE);
    Map<String, String> labels = Ownership.selector(cluster);
    fixture.leaveClaim("etcd-data-demo-0", labels, "20261125-034918-2-1");
    fixture.leaveClaim("etcd-data-demo-1", labels, "20261125-034918-2-10");
    fixture.leaveClaim("etcd-data-demo-2", labels, "20261125-034918-2-9");
    fixture.leaveClaim("etcd-data-demo-3", labels, "20261125-034917-10-3");
    fixture.leaveClaim("etcd-data-demo-4", labels);
    fixture.leaveClaim("other-demo-5", labels, "20300101-000000-0-1");

    fixture.ensure(cluster, RecoveryRecord.empty());

    assertThat(fixture.configMap().getData())
        .containsEntry("ETCD_INITIAL_CLUSTER", "sealed=http://sealed.invalid:2380")
        .containsEntry("ETCD_DATA_DIR", "/var/lib/etcd/20261125-034918-2-10");
  }

  @Test
  @DisplayName(
      "are sealed, and in the restored directory, where <name>-state is lost before the made-again"
          + " cluster has lived")
  void stateLostOverFormerClaims() {
    EtcdCluster cluster = fixture.create(STORAGE);
    fixture.leaveClaim("etcd-data-demo-1", Ownership.selector(cluster), "20261125-034918-0-1");
    fixture.ensure(cluster, RecoveryRecord.empty());
    fixture.world.admin().resource(fixture.configMap()).delete();

    fixture.ensure(cluster, RecoveryRecord.empty());

    assertThat(fixture.configMap().getData())
        .containsEntry("ETCD_INITIAL_CLUSTER", "sealed=http://sealed.invalid:2380")
        .containsEntry("ETCD_DATA_DIR", "/var/lib/etcd/20261125-034918-0-1");
  }

  @Test
  @DisplayName("let a cluster that never lived start anew where only its own claims are there")
  void stateLostBeforeBootstrap() {
    EtcdCluster cluster = fixture.create(STORAGE);
    fixture.ensure(cluster, RecoveryRecord.empty());
    fixture.leaveClaim("etcd-data-demo-9", Ownership.selector(cluster));
    fixture.world.admin().resource(fixture.configMap()).delete();

    fixture.ensure(cluster, RecoveryRecord.empty());

    assertThat(fixture.configMap().getData()).containsEntry("ETCD_INITIAL_CLUSTER_STATE", "new");
  }

  @Test
  @DisplayName("point to the directory of the record where <name>-state is made again")
  void stateInTheRecordedDirectory() {
    EtcdCluster cluster = fixture.create(STORAGE);
    RecoveryRecord restored =
        RecoveryRecord.empty()
            .withLastKnown(
                new LastKnown(
                    true,
                    Optional.empty(),
                    List.of(ObjectsFixture.known(0)),
                    Optional.empty(),
                    Optional.of("20261125-034918-0-1")));

    fixture.ensure(cluster, restored);

    assertThat(fixture.configMap().getData())
        .containsEntry("ETCD_DATA_DIR", "/var/lib/etcd/20261125-034918-0-1");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"RESTORE, false, former", "ADOPT, true, i-1-1", "VERIFY, true, i-1-1"})
  @DisplayName(
      "point to what was restored once the survivor may have been started on it, and not before")
  void stateDuringRestore(Step step, boolean adopting, String directory) {
    EtcdCluster cluster = fixture.create(STORAGE);

    fixture.ensure(cluster, ObjectsFixture.restoring(step, adopting));

    assertThat(fixture.configMap().getData())
        .containsEntry("ETCD_INITIAL_CLUSTER", "sealed=http://sealed.invalid:2380")
        .containsEntry("ETCD_DATA_DIR", "/var/lib/etcd/" + directory);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Retain", "Delete"})
  @DisplayName("keep the volumes when the cluster is deleted unless the manifest says otherwise")
  void retention(String retention) {
    String said = "Retain".equals(retention) ? "" : ", volumeRetention: " + retention;
    EtcdCluster cluster = fixture.create("storageSpec: {volumeSizeRequest: 1Gi%s}".formatted(said));

    fixture.ensure(cluster, RecoveryRecord.empty());

    assertThat(
            fixture
                .statefulSet()
                .getSpec()
                .getPersistentVolumeClaimRetentionPolicy()
                .getWhenDeleted())
        .isEqualTo(retention);
    assertThat(
            fixture
                .statefulSet()
                .getSpec()
                .getPersistentVolumeClaimRetentionPolicy()
                .getWhenScaled())
        .isEqualTo("Retain");
  }

  @Test
  @DisplayName("are not written to where nothing is to be changed, by a successor neither")
  void idempotent() {
    EtcdCluster cluster = fixture.create(STORAGE);
    fixture.ensure(cluster, RecoveryRecord.empty());
    Long generation = fixture.statefulSet().getMetadata().getGeneration();
    String service = fixture.service().getMetadata().getResourceVersion();

    fixture.ensure(cluster, RecoveryRecord.empty());
    fixture.ensureAfterRestart(cluster, RecoveryRecord.empty());

    assertThat(fixture.statefulSet().getMetadata().getGeneration()).isEqualTo(generation);
    assertThat(fixture.service().getMetadata().getResourceVersion()).isEqualTo(service);
  }

  @Test
  @Tag("S14")
  @DisplayName("take a new template without disturbing window, flag and mark of the engine")
  void engineOwned() {
    EtcdCluster cluster = fixture.create(STORAGE);
    fixture.ensure(cluster, RecoveryRecord.empty());
    fixture.changeStatefulSet(
        set -> {
          set.getSpec().setReplicas(1);
          set.getSpec().getOrdinals().setStart(2);
          set.getSpec()
              .getTemplate()
              .getSpec()
              .getContainers()
              .get(0)
              .getArgs()
              .add("--force-new-cluster");
          set.getMetadata().setAnnotations(Map.of(EngineOwned.ARMED_ANNOTATION, "i-1"));
        });

    fixture.ensure(
        ObjectsFixture.change(cluster, "etcdOptions: [--debug], " + STORAGE),
        RecoveryRecord.empty());

    StatefulSet after = fixture.statefulSet();
    assertThat(after.getSpec().getReplicas()).isEqualTo(1);
    assertThat(after.getSpec().getOrdinals().getStart()).isEqualTo(2);
    assertThat(after.getMetadata().getAnnotations())
        .containsEntry(EngineOwned.ARMED_ANNOTATION, "i-1");
    assertThat(after.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs())
        .contains("--debug")
        .endsWith("--force-new-cluster");
  }

  @Test
  @Tag("S13")
  @DisplayName("leave <name>-state to the engine once it is there")
  void stateIsTheEngines() {
    EtcdCluster cluster = fixture.create(STORAGE);
    fixture.ensure(cluster, RecoveryRecord.empty());
    ConfigMap edited = fixture.configMap();
    edited.getData().put("ETCD_INITIAL_CLUSTER", "demo-2=http://x:2380");
    fixture.world.admin().resource(edited).update();

    fixture.ensure(cluster, RecoveryRecord.empty());

    assertThat(fixture.configMap().getData())
        .containsEntry("ETCD_INITIAL_CLUSTER", "demo-2=http://x:2380");
  }

  @Test
  @Tag("S06")
  @DisplayName("are left alone while the cluster is being rebuilt, and no StatefulSet is made")
  void rebuilding() {
    EtcdCluster cluster = fixture.create(STORAGE);
    fixture.ensure(cluster, RecoveryRecord.empty());

    EtcdCluster changed = ObjectsFixture.change(cluster, "etcdOptions: [--debug], " + STORAGE);
    assertThat(fixture.ensure(changed, SampleRecords.rebuilding())).isEqualTo(new Ensured.Done());
    assertThat(fixture.statefulSet().getMetadata().getGeneration()).isEqualTo(1);

    fixture.world.admin().resource(fixture.statefulSet()).delete();
    fixture.ensure(changed, SampleRecords.rebuilding());
    assertThat(fixture.statefulSet()).isNull();
  }

  @Test
  @DisplayName("that were lost come back sealed, with the members that the cluster had")
  void comeBack() {
    EtcdCluster cluster = fixture.create(STORAGE);
    RecoveryRecord lived =
        RecoveryRecord.empty()
            .withLastKnown(
                new LastKnown(
                    true,
                    Optional.empty(),
                    List.of(ObjectsFixture.known(2), ObjectsFixture.known(4))));

    fixture.ensure(cluster, lived);

    assertThat(fixture.configMap().getData())
        .containsEntry("ETCD_INITIAL_CLUSTER", "sealed=http://sealed.invalid:2380")
        .containsEntry("ETCD_INITIAL_CLUSTER_STATE", "existing");
    assertThat(fixture.statefulSet().getSpec().getOrdinals().getStart()).isEqualTo(2);
    assertThat(fixture.statefulSet().getSpec().getReplicas()).isEqualTo(3);
  }
}
