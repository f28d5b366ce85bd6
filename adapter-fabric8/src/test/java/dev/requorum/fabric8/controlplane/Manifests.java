package dev.requorum.fabric8.controlplane;

import dev.requorum.ports.ClusterRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** Objects that somebody else made. */
public final class Manifests {

  private Manifests() {}

  public static void createNamespace(KubernetesClient admin, String name) {
    admin
        .namespaces()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  public static GenericKubernetesResource createCluster(
      KubernetesClient admin, ClusterRef cluster) {
    return admin
        .resource(
            new GenericKubernetesResourceBuilder()
                .withApiVersion("operator.etcd.io/v1alpha1")
                .withKind("EtcdCluster")
                .withNewMetadata()
                .withNamespace(cluster.namespace())
                .withName(cluster.name())
                .endMetadata()
                .withAdditionalProperties(Map.of("spec", Map.of("size", 3)))
                .build())
        .create();
  }

  /**
   * @param manifest a test resource that is complete but for the name and the size
   */
  static void createStatefulSet(
      KubernetesClient admin, ClusterRef cluster, int size, String manifest) {
    StatefulSet set =
        admin
            .apps()
            .statefulSets()
            .load(Manifests.class.getResourceAsStream("/" + manifest))
            .item();
    set.getMetadata().setName(cluster.name());
    set.getMetadata().setNamespace(cluster.namespace());
    set.getSpec().setReplicas(size);
    admin.apps().statefulSets().resource(set).create();
  }
}
