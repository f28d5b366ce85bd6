package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client with a ServiceAccount's rights")
class ServiceAccountClientTest {

  @Test
  @DisplayName("takes the administrator's way to the API server and none of their credentials")
  void otherCredentials() {
    Config admin =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://api.example.invalid:6443")
            .withHttpsProxy("http://proxy.example.invalid:3128")
            .withTlsServerName("kubernetes.example.invalid")
            .withCaCertData("authority")
            .withClientCertData("certificate")
            .withClientKeyData("key")
            .withUsername("admin")
            .withPassword("password")
            .withOauthToken("admin-token")
            .withOauthTokenProvider(() -> "provided-token")
            .withImpersonateUsername("system:admin")
            .build();

    Config theirs = ServiceAccountClient.withToken(admin, "token");

    assertThat(theirs.getMasterUrl()).isEqualTo(admin.getMasterUrl());
    assertThat(theirs.getHttpsProxy()).isEqualTo(admin.getHttpsProxy());
    assertThat(theirs.getTlsServerName()).isEqualTo(admin.getTlsServerName());
    assertThat(theirs.getCaCertData()).isEqualTo(admin.getCaCertData());
    assertThat(theirs.getOauthToken()).isEqualTo("token");
    assertThat(theirs.getOauthTokenProvider()).isNull();
    assertThat(theirs.getClientCertData()).isNull();
    assertThat(theirs.getClientKeyData()).isNull();
    assertThat(theirs.getUsername()).isNull();
    assertThat(theirs.getPassword()).isNull();
    assertThat(theirs.getImpersonateUsername()).isNull();
  }
}
