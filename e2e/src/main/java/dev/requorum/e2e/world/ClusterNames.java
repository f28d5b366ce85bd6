package dev.requorum.e2e.world;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Objects;

/**
 * Stands in for cluster DNS: gives pod names an address as Kubernetes' own EndpointSlices tell it,
 * so that an unready pod has a name only where its Service publishes addresses that are not ready.
 */
final class ClusterNames implements ResourceEventHandler<EndpointSlice>, AutoCloseable {
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";

  private final HostsFile hosts;
  private final SharedIndexInformer<EndpointSlice> informer;

  ClusterNames(KubernetesClient client, HostsFile hosts) {
    this.hosts = hosts;
    this.informer =
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inAnyNamespace()
            .withLabel(SERVICE_LABEL)
            .inform(this);
  }

  @Override
  public void onAdd(EndpointSlice slice) {
    String domain =
        "%s.%s.svc.cluster.local"
            .formatted(
                slice.getMetadata().getLabels().get(SERVICE_LABEL),
                slice.getMetadata().getNamespace());
    for (Endpoint endpoint :
        Objects.requireNonNullElse(slice.getEndpoints(), List.<Endpoint>of())) {
      if (endpoint.getHostname() != null && isPublished(endpoint)) {
        hosts.put(endpoint.getHostname() + "." + domain, endpoint.getAddresses().get(0));
      }
    }
  }

  private static boolean isPublished(Endpoint endpoint) {
    return !Boolean.FALSE.equals(endpoint.getConditions().getReady());
  }

  @Override
  public void onUpdate(EndpointSlice before, EndpointSlice slice) {
    onAdd(slice);
  }

  @Override
  public void onDelete(EndpointSlice slice, boolean finalStateUnknown) {
    // Names stay, see HostsFile.
  }

  @Override
  public void close() {
    informer.close();
  }
}
