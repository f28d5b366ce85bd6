package dev.requorum.operator.volumes;

import dev.requorum.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * Which image this operator runs: what OPERATOR_IMAGE says, else what its own pod was made with, so
 * that nobody has to say it twice.
 *
 * <p>RBAC: {@code pods} get, in the operator's own namespace.
 */
public final class OwnImage {

  private static final String CONTAINER = "operator";

  private final KubernetesClient client;
  private final OperatorConfig.Itself itself;

  /**
   * What it is.
   *
   * @param whyNot why it is not known; else empty
   */
  record Reading(Optional<String> image, String whyNot) {}

  public OwnImage(KubernetesClient client, OperatorConfig.Itself itself) {
    this.client = client;
    this.itself = itself;
  }

  Reading read() {
    if (itself.image().isPresent()) {
      return new Reading(itself.image(), "");
    }
    if (itself.namespace().isEmpty() || itself.pod().isEmpty()) {
      return unknown("POD_NAMESPACE and POD_NAME do not name a pod of the operator's");
    }
    try {
      Pod pod =
          client.pods().inNamespace(itself.namespace().get()).withName(itself.pod().get()).get();
      return Optional.ofNullable(pod).stream()
          .flatMap(found -> found.getSpec().getContainers().stream())
          .filter(container -> CONTAINER.equals(container.getName()))
          .map(Container::getImage)
          .findFirst()
          .map(image -> new Reading(Optional.of(image), ""))
          .orElseGet(
              () ->
                  unknown(
                      "there is no pod %s/%s with a container called %s"
                          .formatted(itself.namespace().get(), itself.pod().get(), CONTAINER)));
    } catch (KubernetesClientException e) {
      return unknown(e.getMessage());
    }
  }

  private static Reading unknown(String why) {
    return new Reading(
        Optional.empty(),
        "it is not known which image the operator runs (%s); set OPERATOR_IMAGE".formatted(why));
  }
}
