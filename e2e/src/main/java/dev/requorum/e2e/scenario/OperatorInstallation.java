package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** {@code deploy/install.yaml}, applied as a user would. */
final class OperatorInstallation {

  /** Names another image than the manifest's. */
  private static final String IMAGE = "OPERATOR_IMAGE";

  /** Stands for the content of the image: where it changes, the operator is started anew. */
  private static final String IMAGE_CONTENT = "OPERATOR_IMAGE_CONTENT";

  private static final String CONTENT_ANNOTATION = "requorum.dev/e2e-image-content";

  private OperatorInstallation() {}

  /**
   * Applies it, each object marked as the scenarios' own.
   *
   * @throws IllegalStateException where the {@link OverwriteGuard} refuses; nothing is changed then
   */
  static void apply(KubernetesClient client) {
    List<HasMetadata> objects = ShippedManifest.objects(client);
    new OverwriteGuard(client).requireFree(objects);
    for (HasMetadata object : objects) {
      OverwriteGuard.mark(object);
      if (object instanceof Deployment deployment) {
        useImage(deployment.getSpec());
      }
      client.resource(object).forceConflicts().serverSideApply();
    }
  }

  private static void useImage(DeploymentSpec deployment) {
    setting(IMAGE)
        .ifPresent(
            image ->
                deployment.getTemplate().getSpec().getContainers().stream()
                    .filter(container -> container.getName().equals(OperatorDeployment.CONTAINER))
                    .forEach((Container container) -> container.setImage(image)));
    setting(IMAGE_CONTENT)
        .ifPresent(
            content ->
                deployment
                    .getTemplate()
                    .getMetadata()
                    .getAnnotations()
                    .put(CONTENT_ANNOTATION, content));
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
