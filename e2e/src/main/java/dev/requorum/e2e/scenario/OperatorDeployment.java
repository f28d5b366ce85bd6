package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** The Deployment of {@code deploy/install.yaml} as it is on a cluster, and its pods. */
public record OperatorDeployment(KubernetesClient client) {

  /** The namespace it is installed in. */
  public static final String NAMESPACE = "requorum";

  /** The name of the Deployment, its ServiceAccount and its Lease. */
  public static final String NAME = "requorum";

  static final String CONTAINER = "operator";

  private static final String NAME_LABEL = "app.kubernetes.io/name";

  Deployment stored() {
    return client.apps().deployments().inNamespace(NAMESPACE).withName(NAME).require();
  }

  /** Its pods, those that are about to go among them. */
  public List<Pod> pods() {
    return client.pods().inNamespace(NAMESPACE).withLabel(NAME_LABEL, NAME).list().getItems();
  }

  /** Sets how many pods there shall be; does not wait until it is so. */
  public void scale(int replicas) {
    client.apps().deployments().inNamespace(NAMESPACE).withName(NAME).scale(replicas);
  }
}
