package dev.requorum.fabric8;

import dev.requorum.ports.ClusterRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;

/** The EtcdCluster resources, untyped: whoever embeds this adapter has types of their own. */
final class EtcdClusters {

  static final String API_VERSION = "operator.etcd.io/v1alpha1";
  static final String KIND = "EtcdCluster";

  private static final ResourceDefinitionContext CONTEXT =
      new ResourceDefinitionContext.Builder()
          .withGroup("operator.etcd.io")
          .withVersion("v1alpha1")
          .withKind(KIND)
          .withPlural("etcdclusters")
          .withNamespaced(true)
          .build();

  private final ApiServer api;

  EtcdClusters(ApiServer api) {
    this.api = api;
  }

  /** Read from the API server itself; empty where there is none of that name. */
  Optional<GenericKubernetesResource> find(ClusterRef cluster) {
    return Optional.ofNullable(
        api.call(
            "read EtcdCluster " + cluster,
            () ->
                api.client()
                    .genericKubernetesResources(CONTEXT)
                    .inNamespace(cluster.namespace())
                    .withName(cluster.name())
                    .get()));
  }

  /** The patched resource; empty where another resource version is stored by now. */
  Optional<GenericKubernetesResource> patchStatus(
      GenericKubernetesResource resource, ClusterRef cluster, String patch) {
    return api.unlessOvertaken(
        "write status of EtcdCluster " + cluster,
        () ->
            api.client()
                .genericKubernetesResources(CONTEXT)
                .inNamespace(cluster.namespace())
                .resource(resource)
                .subresource("status")
                .patch(JsonPatch.CONTEXT, patch));
  }
}
