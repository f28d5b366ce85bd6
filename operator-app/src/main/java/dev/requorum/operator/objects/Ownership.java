package dev.requorum.operator.objects;

import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose the objects of a cluster are. */
public final class Ownership {

  /**
   * The label, and with {@link #CONTROLLER} the selector, of all that belongs to a cluster (O02).
   */
  public static final String APP = "app";

  /** See {@link #APP}. */
  public static final String CONTROLLER = "controller";

  private Ownership() {}

  static Map<String, String> selector(EtcdCluster cluster) {
    String name = cluster.getMetadata().getName();
    return Map.of(APP, name, CONTROLLER, name);
  }

  /** Metadata of an object of the cluster's: labelled, and deleted together with the cluster. */
  static ObjectMeta metadata(EtcdCluster cluster, String name) {
    return new ObjectMetaBuilder()
        .withNamespace(cluster.getMetadata().getNamespace())
        .withName(name)
        .withLabels(selector(cluster))
        .withOwnerReferences(reference(cluster))
        .build();
  }

  private static OwnerReference reference(EtcdCluster cluster) {
    return new OwnerReferenceBuilder()
        .withApiVersion(cluster.getApiVersion())
        .withKind(cluster.getKind())
        .withName(cluster.getMetadata().getName())
        .withUid(cluster.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  /** True where the cluster is the object's controller. */
  public static boolean isOwned(EtcdCluster cluster, HasMetadata object) {
    return controller(object)
        .filter(owner -> owner.getUid().equals(cluster.getMetadata().getUid()))
        .isPresent();
  }

  /**
   * True where nobody owns the object although it is labelled as the cluster's: somebody took the
   * owner reference off. Labels alone prove nothing where the cluster never lived.
   */
  static boolean isOrphan(EtcdCluster cluster, HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return controller(object).isEmpty()
        && labels != null
        && labels.entrySet().containsAll(selector(cluster).entrySet());
  }

  /** A JSON merge patch that makes the object the cluster's, for the version that was read only. */
  static String adoption(EtcdCluster cluster, HasMetadata object) {
    OwnerReference ours = reference(cluster);
    List<OwnerReference> owners = new ArrayList<>(object.getMetadata().getOwnerReferences());
    owners.removeIf(owner -> owner.getUid().equals(ours.getUid()));
    owners.add(ours);
    return Serialization.asJson(
        Map.of(
            "metadata",
            Map.of(
                "resourceVersion",
                object.getMetadata().getResourceVersion(),
                "ownerReferences",
                owners)));
  }

  /** Who the object belongs to, in words. */
  static String ownerOf(HasMetadata object) {
    return controller(object)
        .map(
            owner ->
                "belongs to %s %s (uid %s)"
                    .formatted(owner.getKind(), owner.getName(), owner.getUid()))
        .orElse("belongs to no controller");
  }

  private static Optional<OwnerReference> controller(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst();
  }
}
