package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code deploy/install.yaml}, which the build puts on the classpath. */
final class ShippedManifest {

  private static final String PATH = "/deploy/install.yaml";

  private ShippedManifest() {}

  /** Its objects in the order in which they stand there, the caller's to change. */
  static List<HasMetadata> objects(KubernetesClient client) {
    try (InputStream manifest = ShippedManifest.class.getResourceAsStream(PATH)) {
      if (manifest == null) {
        throw new IllegalStateException(PATH + " is not on the classpath: build e2e first");
      }
      return client.load(manifest).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
