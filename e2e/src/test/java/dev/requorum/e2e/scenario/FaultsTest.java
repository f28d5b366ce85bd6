package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.Await;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("What goes wrong around a cluster")
@OnAnySite
class FaultsTest {

  @RegisterExtension static final Stage STAGE = Stage.named("faults");

  @Test
  @DisplayName(
      "a version that cannot be pulled is named in the condition; other clusters are served")
  void imageThatIsNotThere() {
    TestCluster cluster = STAGE.cluster("no-image");
    cluster.apply(Stage.manifest("no-image", 1, "3.6.999"));
    Await.until(
        "the condition names the image's trouble",
        Stage.LIMIT,
        () -> message(cluster, "Available").contains("Image"),
        cluster::describe);
    TestCluster other = STAGE.healthyCluster("beside-it", 1);
    assertThat(other.condition("Available")).isEqualTo("True");
  }

  @Test
  @DisplayName("a ConfigMap edited by hand is sealed again, and nothing is lost")
  @Tag("O02")
  void configMapEditedByHand() {
    TestCluster cluster = STAGE.healthyCluster("edited", 1);
    cluster.put(0, "kept", "yes");
    Resource<ConfigMap> state =
        cluster.client().configMaps().inNamespace(STAGE.namespace()).withName("edited-state");
    Map<String, String> sealed = state.require().getData();
    state.edit(
        map -> {
          map.getData().put("ETCD_INITIAL_CLUSTER", "who=knows what");
          return map;
        });
    Await.until(
        "the membership is sealed again",
        Stage.LIMIT,
        () -> state.require().getData().equals(sealed),
        () -> state.require().getData());
    assertThat(cluster.get(0, "kept")).contains("yes");
  }

  @Test
  @DisplayName("a StatefulSet of that name that is somebody else's is left alone, and it is said")
  void nameTaken() {
    StatefulSet somebodyElses = somebodyElses();
    STAGE.site().client().resource(somebodyElses).create();
    TestCluster cluster = STAGE.cluster("taken");
    cluster.apply(Stage.manifest("taken", 1, Stage.VERSION));
    STAGE.awaitCondition(cluster, "Degraded", "True");
    assertThat(cluster.conditionObject("Degraded").map(Condition::getReason)).contains("NameTaken");
    assertThat(message(cluster, "Degraded")).contains("StatefulSet");
    assertThat(cluster.condition("Available")).isNotEqualTo("True");
    STAGE.awaitEvents(cluster, "NameTaken");
    StatefulSet after = cluster.statefulSet();
    assertThat(after.getSpec().getServiceName()).isEqualTo("elsewhere");
    assertThat(after.getMetadata().getOwnerReferences()).isEmpty();
  }

  @Test
  @DisplayName("deleting the EtcdCluster removes what the operator made and keeps the volumes")
  @Tag("O02")
  void deletion() {
    TestCluster cluster = STAGE.healthyCluster("deleted", 1);
    String claim = cluster.claimUid(0);
    cluster.delete();
    awaitGone("deleted");
    assertThat(cluster.claimUid(0)).isEqualTo(claim);
  }

  @Test
  @DisplayName("deleting an EtcdCluster with volumeRetention Delete removes its volumes too")
  @Tag("O02")
  void deletionWithVolumes() {
    TestCluster cluster = STAGE.cluster("wiped");
    String manifest = Stage.manifest("wiped", 1, Stage.VERSION);
    cluster.startWith(
        manifest.replace("  storageSpec:\n", "  storageSpec:\n    volumeRetention: Delete\n"), 1);
    assertThat(cluster.claimUid(0)).isNotBlank();
    cluster.delete();
    awaitGone("wiped");
    var claims = STAGE.site().client().persistentVolumeClaims().inNamespace(STAGE.namespace());
    Await.until(
        "the claim is gone",
        Stage.LIMIT,
        () -> claims.withName(cluster.claim(0)).get() == null,
        () -> claims.list().getItems());
  }

  private static void awaitGone(String name) {
    Await.until(
        "StatefulSet, Service and ConfigMap are gone",
        Stage.LIMIT,
        () -> ownedObjectsAreGone(name),
        () -> STAGE.site().client().pods().inNamespace(STAGE.namespace()).list().getItems());
  }

  private static boolean ownedObjectsAreGone(String name) {
    var client = STAGE.site().client();
    return client.apps().statefulSets().inNamespace(STAGE.namespace()).withName(name).get() == null
        && client.services().inNamespace(STAGE.namespace()).withName(name).get() == null
        && client.configMaps().inNamespace(STAGE.namespace()).withName(name + "-state").get()
            == null;
  }

  private static String message(TestCluster cluster, String type) {
    return cluster.conditionObject(type).map(Condition::getMessage).orElse("");
  }

  private static StatefulSet somebodyElses() {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withName("taken")
        .withNamespace(STAGE.namespace())
        .endMetadata()
        .withNewSpec()
        .withReplicas(0)
        .withServiceName("elsewhere")
        .withNewSelector()
        .withMatchLabels(Map.of("app", "elsewhere"))
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", "elsewhere"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("example.invalid/none:1")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
