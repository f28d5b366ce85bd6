package dev.requorum.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.SampleRecords;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("O02")
@DisplayName("Objects that somebody else made, or the API server refuses")
class ForeignObjectsTest {

  private static final String STORAGE = "storageSpec: {volumeSizeRequest: 1Gi}";

  private final ObjectsFixture fixture = new ObjectsFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Service", "ConfigMap", "StatefulSet"})
  @DisplayName("of that name that belong to somebody else are not touched, nor is any other made")
  void nameTaken(String kind) {
    EtcdCluster other = fixture.create(STORAGE);
    fixture.ensure(other, RecoveryRecord.empty());
    List<HasMetadata> all =
        new ArrayList<>(List.of(fixture.service(), fixture.configMap(), fixture.statefulSet()));
    all.removeIf(object -> object.getKind().equals(kind));
    all.forEach(object -> fixture.world.admin().resource(object).delete());
    fixture.world.admin().resource(other).delete();
    EtcdCluster cluster = fixture.create(STORAGE);

    Ensured ensured = fixture.ensure(cluster, RecoveryRecord.empty());

    assertThat(ensured)
        .isInstanceOfSatisfying(
            Ensured.NameTaken.class,
            taken ->
                assertThat(taken.why())
                    .startsWith(kind + " " + fixture.namespace + "/demo")
                    .contains("belongs to EtcdCluster demo"));
    assertThat(
            java.util.stream.Stream.of(
                fixture.service(), fixture.configMap(), fixture.statefulSet()))
        .filteredOn(Objects::nonNull)
        .extracting(HasMetadata::getKind)
        .containsExactly(kind);
  }

  @Test
  @DisplayName("that lost their owner are adopted again where the cluster has lived, and only then")
  void orphans() {
    EtcdCluster cluster = fixture.create(STORAGE);
    fixture.ensure(cluster, RecoveryRecord.empty());
    List<HasMetadata> all = List.of(fixture.service(), fixture.configMap(), fixture.statefulSet());
    for (HasMetadata object : all) {
      object.getMetadata().setOwnerReferences(List.of());
      fixture.world.admin().resource(object).update();
    }

    assertThat(fixture.ensure(cluster, RecoveryRecord.empty()))
        .isInstanceOf(Ensured.NameTaken.class);
    assertThat(fixture.ensure(cluster, SampleRecords.rebuilding())).isEqualTo(new Ensured.Done());

    assertThat(List.of(fixture.service(), fixture.configMap(), fixture.statefulSet()))
        .allMatch(object -> Ownership.isOwned(cluster, object));
  }

  @Test
  @DisplayName("without owner and without the cluster's labels are nobody's to adopt")
  void unlabelled() {
    EtcdCluster cluster = fixture.create(STORAGE);
    fixture.ensure(cluster, RecoveryRecord.empty());
    HasMetadata state = fixture.configMap();
    state.getMetadata().setOwnerReferences(List.of());
    state.getMetadata().setLabels(Map.of(Ownership.APP, "demo"));
    fixture.world.admin().resource(state).update();

    assertThat(fixture.ensure(cluster, SampleRecords.steady()))
        .isInstanceOf(Ensured.NameTaken.class);
    assertThat(fixture.configMap().getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  @DisplayName("that the API server refuses are told with its own words")
  void rejected() {
    EtcdCluster cluster =
        fixture.create("podTemplate: {metadata: {labels: {team: 'not a label'}}}, " + STORAGE);

    assertThat(fixture.ensure(cluster, RecoveryRecord.empty()))
        .isInstanceOfSatisfying(
            Ensured.Rejected.class,
            rejected ->
                assertThat(rejected.why())
                    .startsWith("StatefulSet " + fixture.namespace + "/demo was refused")
                    .contains("not a label"));
  }

  @Test
  @DisplayName("that etcd-operator made are taken over as they are, where they cannot be changed")
  void adopted() {
    EtcdCluster cluster = fixture.create(STORAGE);
    StatefulSet theirs =
        EtcdStatefulSet.create(
            cluster,
            "etcd:v3.5.21",
            EngineOwned.atCreation(
                ObjectsFixture.request(cluster).goal().cluster(),
                3,
                RecoveryRecord.empty(),
                Set.of()));
    theirs.getSpec().setPodManagementPolicy("OrderedReady");
    theirs.getSpec().getUpdateStrategy().setType("RollingUpdate");
    fixture.world.admin().resource(theirs).create();

    assertThat(fixture.ensure(cluster, RecoveryRecord.empty())).isEqualTo(new Ensured.Done());

    assertThat(fixture.statefulSet().getSpec().getPodManagementPolicy()).isEqualTo("OrderedReady");
    assertThat(fixture.statefulSet().getSpec().getUpdateStrategy().getType()).isEqualTo("OnDelete");
  }
}
