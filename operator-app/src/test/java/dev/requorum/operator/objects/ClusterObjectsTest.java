package dev.requorum.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.spec.SpecReader;
import dev.requorum.operator.world.OperatorWorld;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.SampleRecords;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("O02")
@DisplayName("A cluster's objects, in a real API server under the operator's own rights")
class ClusterObjectsTest {

  private static final String STORAGE = "storageSpec: {volumeSizeRequest: 1Gi}";

  private final OperatorWorld world = OperatorWorld.shared();
  private final KubernetesClient operator = world.operator();
  private final ClusterObjects objects = new ClusterObjects(operator);
  private String namespace;

  @BeforeEach
  void ownNamespace() {
    namespace = world.newNamespace();
  }

  @AfterEach
  void closeClient() {
    operator.close();
  }

  @Test
  @DisplayName("are made, belong to the cluster, and let all its first members start at once")
  void created() {
    EtcdCluster cluster = create(STORAGE);

    assertThat(ensure(cluster, RecoveryRecord.empty())).isEqualTo(new Ensured.Done());

    assertThat(List.of(service(), configMap(), statefulSet()))
        .allMatch(object -> Ownership.isOwned(cluster, object));
    assertThat(service().getSpec().getClusterIP()).isEqualTo("None");
    assertThat(service().getSpec().getPublishNotReadyAddresses()).isTrue();
    assertThat(configMap().getData())
        .containsEntry("ETCD_INITIAL_CLUSTER_STATE", "new")
        .containsEntry(
            "ETCD_INITIAL_CLUSTER",
            "demo-0=http://demo-0.demo.%1$s.svc.cluster.local:2380,demo-1=http://demo-1.demo.%1$s.svc.cluster.local:2380,demo-2=http://demo-2.demo.%1$s.svc.cluster.local:2380"
                .formatted(namespace))
        .containsEntry("ETCD_DATA_DIR", "/var/lib/etcd");
    assertThat(statefulSet().getSpec().getReplicas()).isEqualTo(3);
    assertThat(statefulSet().getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
    assertThat(statefulSet().getSpec().getUpdateStrategy().getType()).isEqualTo("OnDelete");
    assertThat(statefulSet().getSpec().getVolumeClaimTemplates())
        .extracting(claim -> claim.getMetadata().getName())
        .containsExactly("etcd-data");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Retain", "Delete"})
  @DisplayName("keep the volumes when the cluster is deleted unless the manifest says otherwise")
  void retention(String retention) {
    String said = "Retain".equals(retention) ? "" : ", volumeRetention: " + retention;
    EtcdCluster cluster = create("storageSpec: {volumeSizeRequest: 1Gi%s}".formatted(said));

    ensure(cluster, RecoveryRecord.empty());

    assertThat(statefulSet().getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
        .isEqualTo(retention);
    assertThat(statefulSet().getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenScaled())
        .isEqualTo("Retain");
  }

  @Test
  @DisplayName("are not written to where nothing is to be changed, by a successor neither")
  void idempotent() {
    EtcdCluster cluster = create(STORAGE);
    ensure(cluster, RecoveryRecord.empty());
    Long generation = statefulSet().getMetadata().getGeneration();
    String service = service().getMetadata().getResourceVersion();

    ensure(cluster, RecoveryRecord.empty());
    new ClusterObjects(operator).ensure(cluster, request(cluster), RecoveryRecord.empty());

    assertThat(statefulSet().getMetadata().getGeneration()).isEqualTo(generation);
    assertThat(service().getMetadata().getResourceVersion()).isEqualTo(service);
  }

  @Test
  @Tag("S14")
  @DisplayName("take a new template without disturbing window, flag and mark of the engine")
  void engineOwned() {
    EtcdCluster cluster = create(STORAGE);
    ensure(cluster, RecoveryRecord.empty());
    changeStatefulSet(
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

    ensure(change(cluster, "etcdOptions: [--debug], " + STORAGE), RecoveryRecord.empty());

    StatefulSet after = statefulSet();
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
    EtcdCluster cluster = create(STORAGE);
    ensure(cluster, RecoveryRecord.empty());
    ConfigMap edited = configMap();
    edited.getData().put("ETCD_INITIAL_CLUSTER", "demo-2=http://x:2380");
    world.admin().resource(edited).update();

    ensure(cluster, RecoveryRecord.empty());

    assertThat(configMap().getData()).containsEntry("ETCD_INITIAL_CLUSTER", "demo-2=http://x:2380");
  }

  @Test
  @Tag("S06")
  @DisplayName("are left alone while the cluster is being rebuilt, and no StatefulSet is made")
  void rebuilding() {
    EtcdCluster cluster = create(STORAGE);
    ensure(cluster, RecoveryRecord.empty());

    EtcdCluster changed = change(cluster, "etcdOptions: [--debug], " + STORAGE);
    assertThat(ensure(changed, SampleRecords.rebuilding())).isEqualTo(new Ensured.Done());
    assertThat(statefulSet().getMetadata().getGeneration()).isEqualTo(1);

    world.admin().resource(statefulSet()).delete();
    ensure(changed, SampleRecords.rebuilding());
    assertThat(statefulSet()).isNull();
  }

  @Test
  @DisplayName("that were lost come back sealed, with the members that the cluster had")
  void comeBack() {
    EtcdCluster cluster = create(STORAGE);
    RecoveryRecord lived =
        RecoveryRecord.empty()
            .withLastKnown(new LastKnown(true, Optional.empty(), List.of(known(2), known(4))));

    ensure(cluster, lived);

    assertThat(configMap().getData())
        .containsEntry("ETCD_INITIAL_CLUSTER", "sealed=http://sealed.invalid:2380")
        .containsEntry("ETCD_INITIAL_CLUSTER_STATE", "existing");
    assertThat(statefulSet().getSpec().getOrdinals().getStart()).isEqualTo(2);
    assertThat(statefulSet().getSpec().getReplicas()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Service", "ConfigMap", "StatefulSet"})
  @DisplayName("of that name that belong to somebody else are not touched, nor is any other made")
  void nameTaken(String kind) {
    EtcdCluster other = create(STORAGE);
    ensure(other, RecoveryRecord.empty());
    List<HasMetadata> all = new ArrayList<>(List.of(service(), configMap(), statefulSet()));
    all.removeIf(object -> object.getKind().equals(kind));
    all.forEach(object -> world.admin().resource(object).delete());
    world.admin().resource(other).delete();
    EtcdCluster cluster = create(STORAGE);

    Ensured ensured = ensure(cluster, RecoveryRecord.empty());

    assertThat(ensured)
        .isInstanceOfSatisfying(
            Ensured.NameTaken.class,
            taken ->
                assertThat(taken.why())
                    .startsWith(kind + " " + namespace + "/demo")
                    .contains("belongs to EtcdCluster demo"));
    assertThat(java.util.stream.Stream.of(service(), configMap(), statefulSet()))
        .filteredOn(Objects::nonNull)
        .extracting(HasMetadata::getKind)
        .containsExactly(kind);
  }

  @Test
  @DisplayName("that the API server refuses are told with its own words")
  void rejected() {
    EtcdCluster cluster =
        create("podTemplate: {metadata: {labels: {team: 'not a label'}}}, " + STORAGE);

    assertThat(ensure(cluster, RecoveryRecord.empty()))
        .isInstanceOfSatisfying(
            Ensured.Rejected.class,
            rejected ->
                assertThat(rejected.why())
                    .startsWith("StatefulSet " + namespace + "/demo was refused")
                    .contains("not a label"));
  }

  @Test
  @DisplayName("that etcd-operator made are taken over as they are, where they cannot be changed")
  void adopted() {
    EtcdCluster cluster = create(STORAGE);
    StatefulSet theirs =
        EtcdStatefulSet.create(
            cluster,
            "etcd:v3.5.21",
            EngineOwned.atCreation(request(cluster).goal().cluster(), 3, RecoveryRecord.empty()));
    theirs.getSpec().setPodManagementPolicy("OrderedReady");
    theirs.getSpec().getUpdateStrategy().setType("RollingUpdate");
    world.admin().resource(theirs).create();

    assertThat(ensure(cluster, RecoveryRecord.empty())).isEqualTo(new Ensured.Done());

    assertThat(statefulSet().getSpec().getPodManagementPolicy()).isEqualTo("OrderedReady");
    assertThat(statefulSet().getSpec().getUpdateStrategy().getType()).isEqualTo("OnDelete");
  }

  private EtcdCluster create(String more) {
    return world.create(namespace, manifest(more));
  }

  private static EtcdCluster change(EtcdCluster cluster, String more) {
    EtcdCluster changed = Serialization.clone(cluster);
    changed.setSpec(Serialization.unmarshal(manifest(more), EtcdCluster.class).getSpec());
    return changed;
  }

  private static String manifest(String more) {
    return """
        apiVersion: operator.etcd.io/v1alpha1
        kind: EtcdCluster
        metadata: {name: demo}
        spec: {version: v3.6.16, size: 3, %s}
        """
        .formatted(more);
  }

  private Ensured ensure(EtcdCluster cluster, RecoveryRecord record) {
    return objects.ensure(cluster, request(cluster), record);
  }

  private static dev.requorum.operator.spec.ClusterRequest request(EtcdCluster cluster) {
    return ((SpecReader.Accepted) new SpecReader(RecoveryPolicy.defaults(), "etcd").read(cluster))
        .request();
  }

  private void changeStatefulSet(java.util.function.Consumer<StatefulSet> change) {
    world
        .admin()
        .apps()
        .statefulSets()
        .inNamespace(namespace)
        .withName("demo")
        .edit(
            set -> {
              change.accept(set);
              return set;
            });
  }

  private Service service() {
    return world.admin().services().inNamespace(namespace).withName("demo").get();
  }

  private ConfigMap configMap() {
    return world.admin().configMaps().inNamespace(namespace).withName("demo-state").get();
  }

  private StatefulSet statefulSet() {
    return world.admin().apps().statefulSets().inNamespace(namespace).withName("demo").get();
  }

  private static KnownMember known(int ordinal) {
    return new KnownMember(
        new MemberId(ordinal),
        "demo-" + ordinal,
        false,
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty());
  }
}
