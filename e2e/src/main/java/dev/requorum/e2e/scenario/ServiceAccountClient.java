package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Clients with the rights of a ServiceAccount and no others. */
final class ServiceAccountClient {

  private static final long TOKEN_SECONDS = 600;

  private ServiceAccountClient() {}

  /** A client with a token of that account, good for ten minutes. */
  static KubernetesClient of(KubernetesClient admin, String namespace, String account) {
    String token =
        admin
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(account)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(TOKEN_SECONDS)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    Config theirs = admin.getConfiguration();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(theirs.getMasterUrl())
            .withCaCertData(theirs.getCaCertData())
            .withCaCertFile(theirs.getCaCertFile())
            .withTrustCerts(theirs.isTrustCerts())
            .withOauthToken(token)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
