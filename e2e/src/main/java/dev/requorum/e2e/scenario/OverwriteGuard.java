package dev.requorum.e2e.scenario;

import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the scenarios from a cluster on which somebody else installed the operator or has etcd
 * clusters: they would overwrite the one, and end the operator that looks after the others. Looks
 * only, changes nothing there.
 */
record OverwriteGuard(KubernetesClient client) {

  /** The environment variable that allows it all the same, where it is {@code 1}. */
  static final String OVERRIDE = "E2E_OVERWRITE";

  private static final String MARK = "requorum.dev/e2e-installed";

  /** Marks an object as installed by the scenarios. */
  static void mark(HasMetadata object) {
    Map<String, String> annotations =
        new HashMap<>(Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of()));
    annotations.put(MARK, "true");
    object.getMetadata().setAnnotations(annotations);
  }

  /**
   * Returns where the objects may be installed.
   *
   * @throws IllegalStateException where {@link #foreign} finds something and the environment does
   *     not allow to overwrite it
   */
  void requireFree(List<HasMetadata> objects) {
    if ("1".equals(System.getenv(OVERRIDE))) {
      return;
    }
    List<String> foreign = foreign(objects);
    if (!foreign.isEmpty()) {
      throw new IllegalStateException(
          ("nothing was changed: on %s there is what the scenarios did not put there: %s. They"
                  + " would overwrite the operator, and end it again and again. Let KUBECONFIG name"
                  + " another cluster, or set %s=1 where that may be so")
              .formatted(client.getMasterUrl(), String.join(", ", foreign), OVERRIDE));
    }
  }

  /**
   * What is there already and not the scenarios': which of these objects, by their kind and name,
   * and which EtcdClusters outside of the scenarios' namespaces.
   */
  List<String> foreign(List<HasMetadata> objects) {
    List<String> foreign = new ArrayList<>();
    for (HasMetadata object : objects) {
      HasMetadata stored = client.resource(object).get();
      if (stored != null && !isMarked(stored)) {
        foreign.add(nameOf(stored));
      }
    }
    Set<String> ours =
        client.namespaces().withLabel(AdmissionPolicy.LABEL, "true").list().getItems().stream()
            .map((Namespace namespace) -> namespace.getMetadata().getName())
            .collect(Collectors.toSet());
    etcdClusters().stream()
        .filter(cluster -> !ours.contains(cluster.getMetadata().getNamespace()))
        .forEach(cluster -> foreign.add(nameOf(cluster)));
    return foreign;
  }

  private List<EtcdCluster> etcdClusters() {
    try {
      return client.resources(EtcdCluster.class).inAnyNamespace().list().getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  private static boolean isMarked(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .orElse(Map.of())
        .containsKey(MARK);
  }

  private static String nameOf(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return "%s %s%s"
        .formatted(
            object.getKind(),
            namespace == null ? "" : namespace + "/",
            object.getMetadata().getName());
  }
}
