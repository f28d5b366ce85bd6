package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Map;

/** Clients with the rights of a ServiceAccount and no others. */
final class ServiceAccountClient {

  private static final long TOKEN_SECONDS = 600;

  private ServiceAccountClient() {}

  /** A client with a token of that account, good for ten minutes. */
  static KubernetesClient of(KubernetesClient admin, String namespace, String account) {
    String token = token(admin, namespace, account, TOKEN_SECONDS);
    return new KubernetesClientBuilder()
        .withConfig(withToken(admin.getConfiguration(), token))
        .build();
  }

  /** A token of that account, good for so long. */
  static String token(KubernetesClient admin, String namespace, String account, long seconds) {
    return admin
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(account)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(seconds)
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  /** The same way to the same API server, proxy and TLS included, with this token only. */
  static Config withToken(Config theirs, String token) {
    return new ConfigBuilder(theirs)
        .withAutoConfigure(false)
        .withContexts(List.of())
        .withCurrentContext(null)
        .withUsername(null)
        .withPassword(null)
        .withAuthProvider(null)
        .withAutoOAuthToken(null)
        .withOauthTokenProvider(null)
        .withClientCertFile(null)
        .withClientCertData(null)
        .withClientKeyFile(null)
        .withClientKeyData(null)
        .withClientKeyPassphrase(null)
        .withKeyStoreFile(null)
        .withKeyStorePassphrase(null)
        .withImpersonateUsername(null)
        .withImpersonateGroups()
        .withImpersonateExtras(Map.of())
        .withOauthToken(token)
        .build();
  }
}
