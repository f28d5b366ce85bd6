package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Volumes like a node's own disks (StorageClass {@link #STORAGE_CLASS}): they belong to the node of
 * the first pod that uses them, and there is no more room on them than their claim asked for.
 */
final class LocalVolumes {
  static final String STORAGE_CLASS = "local";
  private static final String HOSTNAME = "kubernetes.io/hostname";
  private static final Set<Path> LIMITED = new HashSet<>();

  private LocalVolumes() {}

  private static boolean isLocal(PersistentVolume volume) {
    return STORAGE_CLASS.equals(volume.getSpec().getStorageClassName());
  }

  /** Whether the volume can be used on that node; any volume that belongs to no node can. */
  static boolean isWithin(PersistentVolume volume, Node node) {
    return Optional.ofNullable(volume.getSpec().getNodeAffinity())
        .map(
            affinity ->
                affinity.getRequired().getNodeSelectorTerms().stream()
                    .anyMatch(
                        term ->
                            term.getMatchExpressions().stream()
                                .allMatch(requirement -> matches(requirement, node))))
        .orElse(true);
  }

  private static boolean matches(NodeSelectorRequirement requirement, Node node) {
    String label = node.getMetadata().getLabels().get(requirement.getKey());
    return requirement.getOperator().equals("In") && requirement.getValues().contains(label);
  }

  /** Makes a local volume the node's, where it is nobody's yet. */
  static void settle(KubernetesClient client, PersistentVolume volume, String node) {
    if (isLocal(volume) && volume.getSpec().getNodeAffinity() == null) {
      client
          .persistentVolumes()
          .resource(
              new PersistentVolumeBuilder(volume)
                  .editSpec()
                  .withNewNodeAffinity()
                  .withNewRequired()
                  .addNewNodeSelectorTerm()
                  .addNewMatchExpression()
                  .withKey(HOSTNAME)
                  .withOperator("In")
                  .withValues(List.of(node))
                  .endMatchExpression()
                  .endNodeSelectorTerm()
                  .endRequired()
                  .endNodeAffinity()
                  .endSpec()
                  .build())
          .update();
    }
  }

  /** Puts a file system of the volume's size at a local volume's directory, once. */
  static synchronized void limit(PersistentVolume volume, Path directory) {
    if (isLocal(volume) && LIMITED.add(directory)) {
      Quantity capacity = volume.getSpec().getCapacity().get("storage");
      String size = "size=" + Quantity.getAmountInBytes(capacity).toBigInteger();
      Command.run("mount", "-t", "tmpfs", "-o", size, "tmpfs", directory.toString());
    }
  }
}
