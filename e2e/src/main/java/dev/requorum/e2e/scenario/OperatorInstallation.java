package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** {@code deploy/install.yaml}, applied as a user would. */
final class OperatorInstallation {

  static final String NAMESPACE = "requorum";
  static final String DEPLOYMENT = "requorum";
  static final String CONTAINER = "operator";

  private static final String MANIFEST = "/deploy/install.yaml";

  /** Names another image than the manifest's. */
  private static final String IMAGE = "OPERATOR_IMAGE";

  /** Stands for the content of the image: where it changes, the operator is started anew. */
  private static final String IMAGE_CONTENT = "OPERATOR_IMAGE_CONTENT";

  private static final String CONTENT_ANNOTATION = "requorum.dev/e2e-image-content";

  private OperatorInstallation() {}

  static void apply(KubernetesClient client) {
    try (InputStream manifest = OperatorInstallation.class.getResourceAsStream(MANIFEST)) {
      if (manifest == null) {
        throw new IllegalStateException(MANIFEST + " is not on the classpath: build e2e first");
      }
      for (HasMetadata object : client.load(manifest).items()) {
        if (object instanceof Deployment deployment) {
          useImage(deployment.getSpec());
        }
        client.resource(object).forceConflicts().serverSideApply();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void useImage(DeploymentSpec deployment) {
    setting(IMAGE)
        .ifPresent(
            image ->
                deployment.getTemplate().getSpec().getContainers().stream()
                    .filter(container -> container.getName().equals(CONTAINER))
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
