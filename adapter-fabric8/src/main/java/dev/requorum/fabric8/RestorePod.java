package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import dev.requorum.ports.PortFailure;
import dev.requorum.ports.kubernetes.RestoreOrder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pod of a restore, made after the StatefulSet's pod template of now. */
final class RestorePod {

  private static final String POD_NAME = "POD_NAME";

  private final ClusterRef cluster;
  private final StatefulSet set;
  private final RestoreOrder order;

  RestorePod(ClusterRef cluster, StatefulSet set, RestoreOrder order) {
    this.cluster = cluster;
    this.set = set;
    this.order = order;
  }

  /**
   * @throws PortFailure where the template's etcd does not mount the volume with its data
   */
  Pod build() {
    PodSpec template = set.getSpec().getTemplate().getSpec();
    PodSpec spec =
        new PodSpecBuilder(template)
            .withInitContainers(List.of())
            .withContainers(container(EtcdContainer.of(template.getContainers()).container()))
            .withVolumes(volumes(template))
            .withRestartPolicy("Never")
            .withNodeName(null)
            .withHostname(null)
            .withSubdomain(null)
            .build();
    return new PodBuilder()
        .withNewMetadata()
        .withName(RestorePods.name(cluster))
        .withNamespace(cluster.namespace())
        .withLabels(
            Map.of("app.kubernetes.io/name", "etcd-restore", RestorePods.OF, cluster.name()))
        .withAnnotations(Map.of(RestorePods.INTO, order.directory()))
        .addNewOwnerReference()
        .withApiVersion("apps/v1")
        .withKind("StatefulSet")
        .withName(set.getMetadata().getName())
        .withUid(set.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .withSpec(spec)
        .build();
  }

  private Container container(Container etcd) {
    VolumeMount data = dataMount(etcd);
    return new ContainerBuilder()
        .withName("restore")
        .withImage(etcd.getImage())
        .withImagePullPolicy(etcd.getImagePullPolicy())
        .withCommand("/usr/local/bin/etcdutl")
        .withArgs(args(data.getMountPath()))
        .withEnv(environment(etcd))
        .withVolumeMounts(data)
        .withSecurityContext(etcd.getSecurityContext())
        .withResources(etcd.getResources())
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .build();
  }

  private static VolumeMount dataMount(Container etcd) {
    return etcd.getVolumeMounts().stream()
        .filter(mount -> ClusterObjects.CLAIM_TEMPLATE.equals(mount.getName()))
        .findFirst()
        .orElseThrow(
            () ->
                new PortFailure(
                    "restore",
                    "container %s does not mount volume %s"
                        .formatted(etcd.getName(), ClusterObjects.CLAIM_TEMPLATE)));
  }

  private List<String> args(String mount) {
    String from = order.from().map(leaf -> mount + "/" + leaf).orElse(mount);
    return List.of(
        "snapshot",
        "restore",
        from + "/member/snap/db",
        "--skip-hash-check",
        "--data-dir=" + mount + "/" + order.directory(),
        "--name=" + order.survivor(),
        "--initial-cluster=" + order.survivor() + "=" + order.peerUrl(),
        "--initial-advertise-peer-urls=" + order.peerUrl(),
        "--initial-cluster-token=" + order.token(),
        "--bump-revision=" + order.revisionBump(),
        "--mark-compacted");
  }

  /** The volume is mounted by the survivor's name, which is not this pod's. */
  private List<EnvVar> environment(Container etcd) {
    List<EnvVar> variables = new ArrayList<>();
    variables.add(new EnvVarBuilder().withName(POD_NAME).withValue(order.survivor()).build());
    Optional.ofNullable(etcd.getEnv()).orElseGet(List::of).stream()
        .filter(variable -> !POD_NAME.equals(variable.getName()))
        .forEach(variables::add);
    return variables;
  }

  private List<Volume> volumes(PodSpec template) {
    List<Volume> volumes =
        new ArrayList<>(Optional.ofNullable(template.getVolumes()).orElseGet(List::of));
    volumes.removeIf(volume -> ClusterObjects.CLAIM_TEMPLATE.equals(volume.getName()));
    volumes.add(
        new VolumeBuilder()
            .withName(ClusterObjects.CLAIM_TEMPLATE)
            .withNewPersistentVolumeClaim()
            .withClaimName(ClusterObjects.claimName(order.survivor()))
            .endPersistentVolumeClaim()
            .build());
    return volumes;
  }
}
