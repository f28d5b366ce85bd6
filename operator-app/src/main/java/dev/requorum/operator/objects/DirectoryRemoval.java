package dev.requorum.operator.objects;

import dev.requorum.fabric8.ClaimAnnotations;
import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The Job that removes a directory from a member's claim: the operator's own image, as the user
 * that owns the data, on the node that the member's pod has the volume on.
 *
 * @param claimUid the claim that the directory is on
 * @param directory by its name on the volume; empty for the volume's own top, of which only etcd's
 *     own directory goes
 * @param inUse the directory that the members use, likewise
 * @param besidePod whether the member has a pod
 */
public record DirectoryRemoval(
    String member,
    String claim,
    String claimUid,
    Optional<String> directory,
    Optional<String> inUse,
    boolean besidePod) {

  /** The annotation with the claim's uid. */
  public static final String CLAIM_UID = "operator.etcd.io/claim-uid";

  /** The annotation with the directory. */
  public static final String DIRECTORY = "operator.etcd.io/removed-directory";

  /** The operator's command that the Job runs, before the mount, the directory and that in use. */
  public static final String COMMAND = "remove-directory";

  private static final int RETRIES = 3;
  private static final long LIMIT_SECONDS = 600;

  public DirectoryRemoval {
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(claim, "claim");
    Objects.requireNonNull(claimUid, "claimUid");
    if (directory.equals(inUse)) {
      throw new IllegalArgumentException(
          "the directory in use stays: " + directory.orElse(ClaimAnnotations.TOP));
    }
  }

  /** The Job's name: a cluster has one at a time. */
  public static String jobName(EtcdCluster cluster) {
    return cluster.getMetadata().getName() + "-remove-kept";
  }

  /**
   * @param image the operator's
   */
  public Job job(EtcdCluster cluster, String image) {
    ObjectMeta metadata = Ownership.metadata(cluster, jobName(cluster));
    metadata.setAnnotations(
        Map.of(CLAIM_UID, claimUid, DIRECTORY, directory.orElse(ClaimAnnotations.TOP)));
    return new JobBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withBackoffLimit(RETRIES)
        .withActiveDeadlineSeconds(LIMIT_SECONDS)
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app.kubernetes.io/name", "requorum")
        .addToLabels("app.kubernetes.io/component", COMMAND)
        .endMetadata()
        .withSpec(pod(cluster, image))
        .endTemplate()
        .endSpec()
        .build();
  }

  private PodSpec pod(EtcdCluster cluster, String image) {
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withSecurityContext(PodSecurity.ofPod())
            .withTolerations(tolerations(cluster))
            .withContainers(container(image))
            .addNewVolume()
            .withName(EtcdPod.DATA_VOLUME)
            .withNewPersistentVolumeClaim()
            .withClaimName(claim)
            .endPersistentVolumeClaim()
            .endVolume();
    if (besidePod) {
      spec.withAffinity(besideMember());
    }
    return spec.build();
  }

  /** A ReadWriteOnce volume is on one node at a time. */
  private Affinity besideMember() {
    return new AffinityBuilder()
        .withNewPodAffinity()
        .addNewRequiredDuringSchedulingIgnoredDuringExecution()
        .withNewLabelSelector()
        .addToMatchLabels("statefulset.kubernetes.io/pod-name", member)
        .endLabelSelector()
        .withTopologyKey("kubernetes.io/hostname")
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endPodAffinity()
        .build();
  }

  private static List<Toleration> tolerations(EtcdCluster cluster) {
    return Optional.ofNullable(cluster.getSpec().podTemplate)
        .map(template -> template.spec)
        .map(scheduling -> scheduling.tolerations)
        .orElseGet(List::of);
  }

  private Container container(String image) {
    return new ContainerBuilder()
        .withName(COMMAND)
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withArgs(
            COMMAND,
            EtcdPod.DATA_DIR,
            directory.orElse(ClaimAnnotations.TOP),
            inUse.orElse(ClaimAnnotations.TOP))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withSecurityContext(PodSecurity.ofContainer())
        .withNewResources()
        .addToRequests("cpu", new Quantity("10m"))
        .addToRequests("memory", new Quantity("64Mi"))
        .addToLimits("memory", new Quantity("256Mi"))
        .endResources()
        .addNewVolumeMount()
        .withName(EtcdPod.DATA_VOLUME)
        .withMountPath(EtcdPod.DATA_DIR)
        .withSubPath(member)
        .endVolumeMount()
        .build();
  }
}
