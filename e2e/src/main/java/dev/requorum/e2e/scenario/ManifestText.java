package dev.requorum.e2e.scenario;

import java.time.Duration;

/** The EtcdCluster manifests that scenarios apply. */
public final class ManifestText {

  private ManifestText() {}

  /** A cluster with a claim for each member, and these windows. */
  public static String cluster(
      String name, int size, String version, Duration gracePeriod, Duration downGracePeriod) {
    return """
        apiVersion: operator.etcd.io/v1alpha1
        kind: EtcdCluster
        metadata:
          name: %s
        spec:
          size: %d
          version: %s
          storageSpec:
            accessModes: ReadWriteOnce
            volumeSizeRequest: 64Mi
          recovery:
            gracePeriod: %ds
            downGracePeriod: %ds
        """
        .formatted(name, size, version, gracePeriod.toSeconds(), downGracePeriod.toSeconds());
  }

  /**
   * The same cluster with more in {@code spec.recovery}.
   *
   * @param manifest one of {@link #cluster}
   * @param setting as in {@code coolDown: 1s}
   */
  public static String with(String manifest, String setting) {
    return manifest + "    " + setting + "\n";
  }

  /** The same cluster, rebuilt in place where it loses its quorum. */
  public static String inPlace(String manifest) {
    return with(manifest, "strategy: ForceNewCluster");
  }

  /** The same cluster on volumes that have no more room than that, each on a node of its own. */
  public static String onLocalVolumes(String manifest, int mebibytes) {
    return manifest.replace(
        "    volumeSizeRequest: 64Mi\n",
        "    storageClassName: local\n    volumeSizeRequest: %dMi\n".formatted(mebibytes));
  }

  /**
   * The same cluster with a node for each member.
   *
   * @param manifest one of {@link #cluster}, of that name
   */
  public static String apart(String name, String manifest) {
    return manifest.replace(
        "  recovery:\n",
        """
          podTemplate:
            spec:
              affinity:
                podAntiAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    - topologyKey: kubernetes.io/hostname
                      labelSelector:
                        matchLabels:
                          app: %s
                          controller: %s
          recovery:
        """
            .formatted(name, name));
  }

  /** The same cluster on volumes of that StorageClass, with room for a restore. */
  public static String onVolumesOf(String storageClass, String manifest) {
    return manifest.replace(
        "    volumeSizeRequest: 64Mi\n",
        "    volumeSizeRequest: 512Mi\n    storageClassName: " + storageClass + "\n");
  }
}
