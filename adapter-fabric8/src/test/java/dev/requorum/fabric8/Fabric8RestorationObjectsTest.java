package dev.requorum.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.fabric8.controlplane.ControlPlane;
import dev.requorum.fabric8.controlplane.ControlPlaneRestorationWorld;
import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.Outcome;
import dev.requorum.ports.kubernetes.OrdinalWindow;
import dev.requorum.ports.kubernetes.Restoration;
import dev.requorum.ports.kubernetes.RestoreOrder;
import dev.requorum.ports.kubernetes.StatefulSetView;
import dev.requorum.ports.kubernetes.VolumeMark;
import dev.requorum.ports.kubernetes.VolumeMarks;
import dev.requorum.ports.kubernetes.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S23")
@DisplayName("The restoration's objects on Kubernetes")
class Fabric8RestorationObjectsTest {

  private static final String INTO = "i-20260131-120000-1";

  private final KubernetesClient admin = ControlPlane.shared().admin();
  private final ControlPlaneRestorationWorld world = new ControlPlaneRestorationWorld();
  private final Restoration restoration = world.restoration();
  private final Workload workload = world.workloads().workload();
  private final ClusterRef cluster = world.workloads().cluster(2);

  @BeforeEach
  void nobodyRuns() {
    workload.resize(cluster, set(), new OrdinalWindow(1, 0));
    world.workloads().settle(cluster);
  }

  @Test
  @DisplayName("The pod runs etcdutl of the cluster's image once, on the survivor's claim")
  void spec() {
    assertThat(restore(Optional.of("i-1"), INTO).isDone()).isTrue();

    Pod pod = pod();
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("system-cluster-critical");
    assertThat(pod.getSpec().getInitContainers()).isEmpty();
    assertThat(pod.getSpec().getContainers()).hasSize(1);
    Container container = pod.getSpec().getContainers().get(0);
    assertThat(container.getImage()).isEqualTo("gcr.io/etcd-development/etcd:v3.6.16");
    assertThat(container.getCommand()).containsExactly("/usr/local/bin/etcdutl");
    assertThat(container.getArgs())
        .containsExactly(
            "snapshot",
            "restore",
            "/var/lib/etcd/i-1/member/snap/db",
            "--skip-hash-check",
            "--data-dir=/var/lib/etcd/" + INTO,
            "--name=demo-1",
            "--initial-cluster=demo-1=http://m:2380",
            "--initial-advertise-peer-urls=http://m:2380",
            "--initial-cluster-token=t",
            "--bump-revision=7",
            "--mark-compacted");
    assertThat(container.getEnvFrom()).isEmpty();
    assertThat(container.getTerminationMessagePolicy()).isEqualTo("FallbackToLogsOnError");
    assertThat(container.getLivenessProbe()).isNull();
    assertThat(container.getReadinessProbe()).isNull();
    assertThat(container.getStartupProbe()).isNull();
  }

  @Test
  @DisplayName("Its volume is mounted by the survivor's name, though it has another one itself")
  void volume() {
    restore(Optional.empty(), INTO);

    Container container = pod().getSpec().getContainers().get(0);
    assertThat(container.getArgs()).contains("/var/lib/etcd/member/snap/db");
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("etcd-data"))
        .singleElement()
        .satisfies(mount -> assertThat(mount.getSubPathExpr()).isEqualTo("$(POD_NAME)"));
    assertThat(container.getEnv())
        .filteredOn(variable -> variable.getName().equals("POD_NAME"))
        .extracting(EnvVar::getValue)
        .containsExactly("demo-1");
    assertThat(pod().getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("etcd-data"))
        .extracting(Volume::getPersistentVolumeClaim)
        .singleElement()
        .satisfies(claim -> assertThat(claim.getClaimName()).isEqualTo("etcd-data-demo-1"));
  }

  @Test
  @DisplayName(
      "No selector of the cluster's finds the pod, and it is collected with its StatefulSet")
  void nobodysMember() {
    restore(Optional.empty(), INTO);

    StatefulSet set =
        admin.apps().statefulSets().inNamespace(cluster.namespace()).withName("demo").get();
    assertThat(pod().getMetadata().getLabels())
        .doesNotContainKeys("app", "controller")
        .containsEntry("operator.etcd.io/restore", "demo");
    OwnerReference owner = pod().getMetadata().getOwnerReferences().get(0);
    assertThat(owner.getUid()).isEqualTo(set.getMetadata().getUid());
    assertThat(owner.getController()).isNotEqualTo(true);
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(strings = {"", ".", "..", "../i-1", "i-1/member", "/i-1", "-i", "I-1", "$(HOME)"})
  @DisplayName("What is no name of a directory is refused, to restore into and to restore from")
  void misnamed(String name) {
    assertThat(restore(Optional.empty(), name)).isInstanceOf(Outcome.Refused.class);
    assertThat(restore(Optional.of(name), INTO)).isInstanceOf(Outcome.Refused.class);
    assertThat(restoration.find(cluster).value().orElseThrow()).isEmpty();
  }

  @Test
  @DisplayName("A pod that merely has the name is neither taken for a restore, nor deleted")
  void stranger() {
    Pod theirs =
        admin
            .pods()
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(cluster.namespace())
                    .withName("demo-restore")
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("copy")
                    .withImage("busybox")
                    .endContainer()
                    .endSpec()
                    .build())
            .create();

    assertThat(restoration.find(cluster).why().orElseThrow())
        .contains("demo-restore", "operator.etcd.io/restore=demo");
    assertThat(restore(Optional.empty(), INTO)).isInstanceOf(Outcome.Refused.class);
    assertThat(restoration.discard(cluster, theirs.getMetadata().getUid()).isDone()).isTrue();
    assertThat(pod().getMetadata().getDeletionTimestamp()).isNull();
  }

  @Test
  @DisplayName("Marks leave the labels and annotations of others as they are")
  void marksBesideOthers() {
    PersistentVolumeClaim before = claim();
    before.getMetadata().setAnnotations(Map.of("example.org/note", "keep me"));
    admin.resource(before).update();

    assertThat(mark(restoration).isDone()).isTrue();

    assertThat(claim().getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
    assertThat(claim().getMetadata().getAnnotations())
        .containsOnly(
            Map.entry("example.org/note", "keep me"), Map.entry(ClaimAnnotations.DIRECTORY, INTO));
  }

  @Test
  @Tag("S06")
  @DisplayName("A claim that somebody changes between read and write is not marked")
  void overtaken() {
    Runnable somebody =
        () -> {
          PersistentVolumeClaim live = claim();
          live.getMetadata().setAnnotations(Map.of(ClaimAnnotations.MEMBER, "7"));
          admin.resource(live).update();
        };
    try (KubernetesClient overtaken = ControlPlane.shared().operatorOvertakenBy(somebody)) {
      assertThat(mark(new Fabric8Restoration(overtaken))).isInstanceOf(Outcome.Refused.class);
    }

    assertThat(claim().getMetadata().getAnnotations())
        .containsEntry(ClaimAnnotations.MEMBER, "7")
        .doesNotContainKey(ClaimAnnotations.DIRECTORY);
  }

  @Test
  @DisplayName("A claim's capacity is seen in bytes, and a garbled mark keeps nobody from looking")
  void look() {
    PersistentVolumeClaim live = claim();
    live.getMetadata().setAnnotations(Map.of(ClaimAnnotations.KEPT, "????"));
    admin.resource(live).update();
    PersistentVolumeClaim bound = claim();
    bound
        .getStatus()
        .setCapacity(Map.of("storage", new io.fabric8.kubernetes.api.model.Quantity("64Mi")));
    admin.persistentVolumeClaims().resource(bound).updateStatus();

    var volume = workload.observe(cluster).volume("demo-1").orElseThrow();

    assertThat(volume.capacity()).hasValue(64L << 20);
    assertThat(ClaimAnnotations.readable(volume.marks())).isFalse();
    assertThat(volume.marks().kept()).isNotEmpty();
  }

  private Outcome mark(Restoration port) {
    VolumeMarks marks = new VolumeMarks(Optional.of(INTO), Optional.empty(), List.of());
    return port.mark(
        cluster, List.of(new VolumeMark("demo-1", claim().getMetadata().getUid(), marks)));
  }

  private Outcome restore(Optional<String> from, String into) {
    RestoreOrder order =
        new RestoreOrder(
            "demo-1",
            claim().getMetadata().getUid(),
            from,
            into,
            "t",
            URI.create("http://m:2380"),
            7);
    return restoration.restore(cluster, set(), order);
  }

  private Pod pod() {
    return admin.pods().inNamespace(cluster.namespace()).withName("demo-restore").require();
  }

  private PersistentVolumeClaim claim() {
    return admin
        .persistentVolumeClaims()
        .inNamespace(cluster.namespace())
        .withName("etcd-data-demo-1")
        .require();
  }

  private StatefulSetView set() {
    return workload.observe(cluster).statefulSet().value().flatMap(s -> s).orElseThrow();
  }
}
