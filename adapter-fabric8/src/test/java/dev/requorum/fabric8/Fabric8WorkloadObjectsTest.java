package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.fabric8.controlplane.ControlPlane;
import dev.requorum.fabric8.controlplane.ControlPlaneWorld;
import dev.requorum.fabric8.controlplane.OnConflict;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.kubernetes.InitialCluster;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.Storage;
import dev.requorum.ports.kubernetes.VolumeView;
import dev.requorum.ports.kubernetes.Workload;
import dev.requorum.ports.kubernetes.WorkloadPart;
import dev.requorum.ports.kubernetes.WorkloadView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("The workload's objects on Kubernetes")
class Fabric8WorkloadObjectsTest {

  private final KubernetesClient admin = ControlPlane.shared().admin();
  private final ControlPlaneWorld world = new ControlPlaneWorld();
  private final Workload workload = world.workload();

  @Test
  @DisplayName(
      "Where nodes may not be listed, all else is seen, and which right is missing is said")
  void nodesForbidden() {
    ClusterRef cluster = world.cluster(1);

    WorkloadView view = world.blindTo(WorkloadPart.NODES).observe(cluster);

    assertThat(view.pods().isKnown()).isTrue();
    assertThat(view.volumes().isKnown()).isTrue();
    assertThat(view.nodes().why().orElseThrow())
        .startsWith("list Nodes (without that right,")
        .contains("nodes is forbidden", "cannot list resource \"nodes\"");
  }

  @Test
  @DisplayName("With a claim for all, each pod's volume is that claim")
  void sharedClaim() {
    ClusterRef cluster = world.nothing();
    PersistentVolumeClaim claim =
        admin
            .persistentVolumeClaims()
            .inNamespace(cluster.namespace())
            .load(getClass().getResourceAsStream("/shared-claim.yaml"))
            .create();
    world.populate(cluster, 2, "statefulset-shared-claim.yaml");

    WorkloadView view = workload.observe(cluster);

    assertThat(set(view).storage()).isEqualTo(Storage.SHARED_CLAIM);
    String uid = claim.getMetadata().getUid();
    assertThat(view.volumes().value().orElseThrow())
        .containsExactly(
            new VolumeView("shared", "demo-0", uid, true, false),
            new VolumeView("shared", "demo-1", uid, true, false));
  }

  @Test
  @DisplayName("Without claims, each pod is its own volume")
  void ephemeral() {
    ClusterRef cluster = world.nothing();
    world.populate(cluster, 1, "statefulset-ephemeral.yaml");

    WorkloadView view = workload.observe(cluster);

    assertThat(set(view).storage()).isEqualTo(Storage.EPHEMERAL);
    assertThat(view.volume("demo-0").orElseThrow().uid())
        .isEqualTo(view.pod("demo-0").orElseThrow().uid());
  }

  @Test
  @DisplayName("A pod or claim whose labels somebody took off is still there")
  void withoutLabels() {
    ClusterRef cluster = world.cluster(2);
    Pod pod = admin.pods().inNamespace(cluster.namespace()).withName("demo-1").get();
    ControlPlane.shared().pauseControllers();
    pod.getMetadata().setLabels(Map.of());
    admin.resource(pod).update();
    PersistentVolumeClaim claim =
        admin
            .persistentVolumeClaims()
            .inNamespace(cluster.namespace())
            .withName("etcd-data-demo-1")
            .get();
    claim.getMetadata().setLabels(Map.of());
    admin.resource(claim).update();

    WorkloadView view = workload.observe(cluster);
    ControlPlane.shared().resumeControllers();

    assertThat(view.pod("demo-1").orElseThrow().uid()).isEqualTo(pod.getMetadata().getUid());
    assertThat(view.volume("demo-1").orElseThrow().uid()).isEqualTo(claim.getMetadata().getUid());
  }

  @Test
  @Tag("S13")
  @DisplayName(
      "The state ConfigMap is owned by the EtcdCluster; labels of others stay, variables of others go")
  void stateConfigMap() {
    ClusterRef cluster = world.cluster(1);
    write(cluster);
    ConfigMap made = state(cluster);
    assertThat(made.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("EtcdCluster"));
    made.getMetadata().getLabels().put("team", "storage");
    made.getData().put("ETCD_FORCE_NEW_CLUSTER", "true");
    admin.resource(made).update();
    InitialCluster edited =
        workload.observe(cluster).initialCluster().value().orElseThrow().orElseThrow();
    assertThat(edited.isSealed()).isFalse();

    write(cluster);

    assertThat(state(cluster).getMetadata().getLabels()).containsEntry("team", "storage");
    assertThat(state(cluster).getData())
        .containsOnlyKeys("ETCD_INITIAL_CLUSTER_STATE", "ETCD_INITIAL_CLUSTER", "ETCD_DATA_DIR")
        .containsEntry("ETCD_DATA_DIR", "/var/lib/etcd");
  }

  @Test
  @DisplayName("A state ConfigMap that belongs to somebody else is left alone")
  void foreignStateConfigMap() {
    ClusterRef cluster = world.cluster(1);
    OwnerReference stranger = new OwnerReference("apps/v1", true, true, "Deployment", "x", "u-1");
    admin
        .configMaps()
        .inNamespace(cluster.namespace())
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("demo-state")
                .withOwnerReferences(stranger)
                .endMetadata()
                .withData(Map.of("theirs", "yes"))
                .build())
        .create();

    assertThat(write(cluster)).isInstanceOf(Outcome.Refused.class);
    assertThat(state(cluster).getData()).isEqualTo(Map.of("theirs", "yes"));
  }

  private Outcome write(ClusterRef cluster) {
    return workload.writeInitialCluster(
        cluster,
        workload.observe(cluster).initialCluster().value().orElseThrow(),
        InitialCluster.sealed());
  }

  @Test
  @Tag("S16")
  @DisplayName("Half an arming, or one in another spelling, is seen and disarmed")
  void oddArming() {
    ClusterRef cluster = world.cluster(1);
    OnConflict.again(
        () ->
            admin
                .apps()
                .statefulSets()
                .inNamespace(cluster.namespace())
                .withName("demo")
                .edit(
                    set -> {
                      set.getSpec()
                          .getTemplate()
                          .getSpec()
                          .getContainers()
                          .get(0)
                          .getArgs()
                          .addAll(0, List.of("-force-new-cluster", "--force-new-cluster=true"));
                      return set;
                    }));
    StatefulSetView odd = set(workload.observe(cluster));
    assertThat(odd.forceFlag()).isTrue();
    assertThat(odd.armedFor()).isEmpty();

    assertThat(workload.disarm(cluster, odd).isDone()).isTrue();

    assertThat(set(workload.observe(cluster)).armed()).isFalse();
    assertThat(world.restOfSpec(cluster).toString()).doesNotContain("force-new-cluster");
  }

  @Test
  @DisplayName(
      "With no API server at all, all is unknown with a reason, and acts fail; nothing is absent")
  void noApiServer() {
    ClusterRef cluster = new ClusterRef("default", "demo");
    ConfigBuilder nobody = new ConfigBuilder().withAutoConfigure(false);
    try (KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(nobody.withMasterUrl("https://127.0.0.1:1").build())
            .build()) {
      Workload unreachable = new Fabric8Workload(client);

      WorkloadView view = unreachable.observe(cluster);

      for (WorkloadPart part : WorkloadPart.values()) {
        assertThat(part.of(view).why()).as("%s", part).isPresent();
      }
      assertThatThrownBy(() -> unreachable.restartPod(cluster, "demo-0", "u"))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("Pod default/demo-0");
    }
  }

  private ConfigMap state(ClusterRef cluster) {
    return admin.configMaps().inNamespace(cluster.namespace()).withName("demo-state").get();
  }

  private static StatefulSetView set(WorkloadView view) {
    Optional<StatefulSetView> set = view.statefulSet().value().orElseThrow();
    return set.orElseThrow();
  }
}
