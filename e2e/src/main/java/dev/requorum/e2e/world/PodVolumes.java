package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directories behind a pod's volumes.
 *
 * <p>A claim's directory is made and removed by the controller manager's own host path provisioner.
 * All nodes reach it, as they would a network volume.
 */
final class PodVolumes {
  private final Pod pod;
  private final Map<String, Path> directoryByVolume;

  private PodVolumes(Pod pod, Map<String, Path> directoryByVolume) {
    this.pod = pod;
    this.directoryByVolume = directoryByVolume;
  }

  /** Finds and makes the directories, once for the life of the pod. */
  static PodVolumes mount(Pod pod, NodeConnection connection) throws CannotStartException {
    Map<String, Path> directories = new HashMap<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getPersistentVolumeClaim() != null) {
        String claim = volume.getPersistentVolumeClaim().getClaimName();
        directories.put(volume.getName(), claimed(pod, claim, connection));
      } else if (volume.getEmptyDir() != null) {
        directories.put(
            volume.getName(), Layout.makeDirectory(ephemeral(pod).resolve(volume.getName())));
      } else if (volume.getProjected() == null) {
        // The projected ServiceAccount token, which every pod has, is of no use to etcd and left
        // out.
        throw CannotStartException.badConfiguration(
            "volume %s: this world's nodes know persistentVolumeClaim and emptyDir only"
                .formatted(volume.getName()));
      }
    }
    return new PodVolumes(pod, directories);
  }

  /**
   * Where the world keeps the directory of a volume that the controller manager provisioned, if it
   * is one of those.
   */
  static Optional<Path> directory(PersistentVolume volume) {
    if (volume.getSpec().getHostPath() == null) {
      return Optional.empty();
    }
    Path asProvisioned = Path.of(volume.getSpec().getHostPath().getPath());
    return asProvisioned.startsWith("/tmp")
        ? Optional.of(Layout.DISKS.resolve(Path.of("/tmp").relativize(asProvisioned)))
        : Optional.empty();
  }

  private static Path claimed(Pod pod, String name, NodeConnection connection)
      throws CannotStartException {
    try {
      PersistentVolumeClaim claim =
          connection.ask(
              client ->
                  client
                      .persistentVolumeClaims()
                      .inNamespace(pod.getMetadata().getNamespace())
                      .withName(name)
                      .get());
      if (claim == null || claim.getSpec().getVolumeName() == null) {
        throw CannotStartException.badConfiguration("the claim %s is not bound".formatted(name));
      }
      PersistentVolume volume =
          connection.ask(
              client -> client.persistentVolumes().withName(claim.getSpec().getVolumeName()).get());
      Path directory =
          Optional.ofNullable(volume)
              .flatMap(PodVolumes::directory)
              .orElseThrow(
                  () ->
                      CannotStartException.badConfiguration(
                          "the claim %s is not bound to a volume of this world".formatted(name)));
      LocalVolumes.limit(volume, directory);
      return directory;
    } catch (KubernetesClientException e) {
      throw CannotStartException.badConfiguration(
          "can't look up the claim %s: %s".formatted(name, e.getMessage()));
    }
  }

  /** The container's mounts; a sub-path is made where it doesn't exist. */
  List<Mount> mounts(Container container, Map<String, String> variables) {
    List<Mount> mounts = new ArrayList<>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path directory = directoryByVolume.get(mount.getName());
      if (directory != null) {
        Path source = directory.resolve(subPath(mount, variables)).normalize();
        mounts.add(new Mount(Layout.makeDirectory(source), mount.getMountPath()));
      }
    }
    return mounts;
  }

  private static String subPath(VolumeMount mount, Map<String, String> variables) {
    if (mount.getSubPathExpr() != null) {
      return ContainerEnvironment.expand(mount.getSubPathExpr(), variables);
    }
    return mount.getSubPath() == null ? "" : mount.getSubPath();
  }

  /** Removes what goes with the pod. Claims stay. */
  void unmount() {
    Layout.remove(ephemeral(pod));
  }

  private static Path ephemeral(Pod pod) {
    return Layout.POD_DISKS.resolve(pod.getMetadata().getUid());
  }
}
