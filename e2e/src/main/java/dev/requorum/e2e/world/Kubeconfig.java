package dev.requorum.e2e.world;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a kubeconfig file for one user of one cluster. */
final class Kubeconfig {
  private static final String TEXT =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - name: world
        cluster:
          server: %s
          certificate-authority-data: %s
      users:
      - name: user
        user:
          token: %s
      contexts:
      - name: world
        context:
          cluster: world
          namespace: %s
          user: user
      current-context: world
      """;

  private Kubeconfig() {}

  static String text(String server, String certificateAuthority, String namespace, String token) {
    String authority =
        Base64.getEncoder()
            .encodeToString(certificateAuthority.getBytes(StandardCharsets.US_ASCII));
    return TEXT.formatted(server, authority, token, namespace);
  }
}
