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
}
