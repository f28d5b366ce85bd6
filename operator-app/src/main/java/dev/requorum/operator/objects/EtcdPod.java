package dev.requorum.operator.objects;

import dev.requorum.fabric8.InitialClusterData;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.api.EtcdClusterSpec;
import dev.requorum.operator.api.PodTemplate;
import dev.requorum.operator.api.StorageSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pod of a member (O02). */
final class EtcdPod {

  static final String CONTAINER = "etcd";
  static final String DATA_VOLUME = "etcd-data";

  /** Where a member's volume is mounted. */
  static final String DATA_DIR = InitialClusterData.MOUNT;

  static final int CLIENT_PORT = 2379;
  static final int PEER_PORT = 2380;

  private static final long GRACE_SECONDS = 10;

  private final EtcdCluster cluster;
  private final String image;

  EtcdPod(EtcdCluster cluster, String image) {
    this.cluster = cluster;
    this.image = image;
  }

  PodTemplateSpec template(boolean forceFlag) {
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withSecurityContext(PodSecurity.ofPod())
            .withContainers(container(forceFlag));
    sharedOrEphemeralVolume().ifPresent(spec::withVolumes);
    scheduling()
        .ifPresent(
            wanted ->
                spec.withAffinity(wanted.affinity)
                    .withNodeSelector(wanted.nodeSelector)
                    .withTolerations(wanted.tolerations));
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels())
        .withAnnotations(metadata().map(given -> given.annotations).orElse(null))
        .endMetadata()
        .withSpec(spec.build())
        .build();
  }

  private Container container(boolean forceFlag) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(image)
        .withCommand("/usr/local/bin/etcd")
        .withArgs(args(forceFlag))
        .withEnv(
            fieldOfPod("POD_NAME", "metadata.name"),
            fieldOfPod("POD_NAMESPACE", "metadata.namespace"))
        .addNewEnvFrom()
        .withNewConfigMapRef()
        .withName(StateConfigMap.name(cluster))
        .endConfigMapRef()
        .endEnvFrom()
        .addNewPort()
        .withName("client")
        .withContainerPort(CLIENT_PORT)
        .endPort()
        .addNewPort()
        .withName("peer")
        .withContainerPort(PEER_PORT)
        .endPort()
        .addNewVolumeMount()
        .withName(DATA_VOLUME)
        .withMountPath(DATA_DIR)
        .withSubPathExpr("$(POD_NAME)")
        .endVolumeMount()
        .withReadinessProbe(readiness())
        .withSecurityContext(PodSecurity.ofContainer())
        .build();
  }

  /** The engine's flag comes last, after the owner's options. */
  private List<String> args(boolean forceFlag) {
    String host =
        "$(POD_NAME)." + cluster.getMetadata().getName() + ".$(POD_NAMESPACE).svc.cluster.local";
    List<String> args = new ArrayList<>();
    args.add("--name=$(POD_NAME)");
    args.add("--listen-peer-urls=http://0.0.0.0:" + PEER_PORT);
    args.add("--listen-client-urls=http://0.0.0.0:" + CLIENT_PORT);
    args.add("--initial-advertise-peer-urls=http://" + host + ":" + PEER_PORT);
    args.add("--advertise-client-urls=http://" + host + ":" + CLIENT_PORT);
    if (spec().etcdOptions != null) {
      args.addAll(spec().etcdOptions);
    }
    if (forceFlag) {
      args.add(EngineOwned.FORCE_FLAG);
    }
    return args;
  }

  private static EnvVar fieldOfPod(String variable, String path) {
    return new EnvVarBuilder()
        .withName(variable)
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  /** Ready is what etcd itself calls so: it has a leader and can read. */
  private static Probe readiness() {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/readyz")
        .withNewPort(CLIENT_PORT)
        .endHttpGet()
        .withPeriodSeconds(1)
        .withTimeoutSeconds(1)
        .withFailureThreshold(3)
        .build();
  }

  private Optional<Volume> sharedOrEphemeralVolume() {
    StorageSpec storage = spec().storageSpec;
    if (storage == null) {
      return Optional.of(
          new VolumeBuilder().withName(DATA_VOLUME).withNewEmptyDir().endEmptyDir().build());
    }
    if (StorageSpec.READ_WRITE_MANY.equals(storage.accessModes)) {
      return Optional.of(
          new VolumeBuilder()
              .withName(DATA_VOLUME)
              .withNewPersistentVolumeClaim()
              .withClaimName(storage.pvcName)
              .endPersistentVolumeClaim()
              .build());
    }
    return Optional.empty();
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    metadata().map(given -> given.labels).ifPresent(labels::putAll);
    labels.putAll(Ownership.selector(cluster));
    return labels;
  }

  private EtcdClusterSpec spec() {
    return cluster.getSpec();
  }

  private Optional<PodTemplate.Metadata> metadata() {
    return Optional.ofNullable(spec().podTemplate).map(template -> template.metadata);
  }

  private Optional<PodTemplate.Scheduling> scheduling() {
    return Optional.ofNullable(spec().podTemplate).map(template -> template.spec);
  }
}
