package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a failed scenario leaves")
class FailureBundleTest {

  private static final String SECRET = "for-nobody-to-read";

  @RegisterExtension static final Stage STAGE = Stage.named("bundle");

  @TempDir Path directory;

  @Test
  @DisplayName("has objects, Events and logs, the operator's too, and no Secret")
  void everythingButSecrets() throws IOException {
    TestCluster cluster = STAGE.healthyCluster("bundled", 1);
    createSecret();

    new FailureBundle(STAGE.site(), STAGE.namespace(), directory).write(STAGE.operator()::log);

    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .contains(
            "etcdclusters.yaml",
            "statefulsets.yaml",
            "pods.yaml",
            "claims.yaml",
            "events.yaml",
            "operator.deployments.yaml",
            "operator.pods.yaml",
            "operator.leases.yaml",
            "operator.events.yaml",
            "operator.log",
            "bundled-0.etcd.log",
            "bundled-0.status.json");
    assertThat(directory.resolve("etcdclusters.yaml")).content().contains(cluster.name());
    assertThat(directory.resolve("operator.leases.yaml")).content().contains("holderIdentity");
    assertThat(directory.resolve("operator.log")).content().isNotBlank();
    assertThat(directory.resolve("bundled-0.status.json")).content().contains("member_id");
    assertThat(files())
        .allSatisfy(
            file -> assertThat(file).content().doesNotContain(SECRET, encoded(), "kind: Secret"));
  }

  private static void createSecret() {
    STAGE
        .site()
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("private")
                .withNamespace(STAGE.namespace())
                .endMetadata()
                .addToStringData("password", SECRET)
                .build())
        .create();
  }

  private static String encoded() {
    return Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
