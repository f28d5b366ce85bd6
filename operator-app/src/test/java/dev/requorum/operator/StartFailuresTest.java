package dev.requorum.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.requorum.operator.config.InvalidConfigException;
import dev.requorum.operator.world.OperatorWorld;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("An operator that cannot start, on a real API server")
class StartFailuresTest {

  private final OperatorWorld world = OperatorWorld.shared();
  private final String namespace = world.newNamespace();

  @TempDir private Path copies;

  @Test
  @DisplayName("names the API server when it cannot be reached")
  void unreachable() {
    KubernetesClient nobody =
        client(
            new ConfigBuilder()
                .withMasterUrl("https://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0));

    assertThatThrownBy(() -> start(Map.of(), nobody))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("https://127.0.0.1:1/ cannot be reached")
        .hasMessageContaining("KUBECONFIG");
  }

  @Test
  @DisplayName("says that the CustomResourceDefinition is not installed, and how to install it")
  void notInstalled() {
    KubernetesClient elsewhere =
        client(
            new ConfigBuilder(world.admin().getConfiguration())
                .withMasterUrl(world.admin().getMasterUrl() + "nowhere/"));

    assertThatThrownBy(() -> start(Map.of(), elsewhere))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("etcdclusters.operator.etcd.io (v1alpha1) is not installed");
  }

  @Test
  @DisplayName("says which right is missing")
  void forbidden() {
    assertThatThrownBy(() -> start(Map.of(), world.as("nobody-in-particular")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("list etcdclusters in namespace " + namespace)
        .hasMessageContaining("deploy/install.yaml");
  }

  @Test
  @DisplayName("is none for want of the right to list nodes: it starts, and warns")
  void noNodes() {
    Logger logger = (Logger) LoggerFactory.getLogger(Preflight.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    KubernetesClient withoutNodes = world.as(grantClusters("without-nodes"));
    try (RequorumOperator running = start(Map.of("LEADER_ELECTION", "false"), withoutNodes)) {
      assertThat(running.httpPort()).isPositive();
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("nodes is forbidden", "deploy/base/nodes");
  }

  @Test
  @DisplayName("says that it may not take part in the leader election")
  void noLease() {
    assertThatThrownBy(() -> start(Map.of("POD_NAMESPACE", namespace)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("No permission to lease resource");
  }

  @Test
  @DisplayName("names COPIES_DIR when it cannot be written to")
  void copiesDir() {
    assertThatThrownBy(() -> start(Map.of("COPIES_DIR", "/proc/copies")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("COPIES_DIR: /proc/copies");
  }

  @Test
  @DisplayName("names KUBECONFIG, in one line, when it cannot be understood")
  void kubeconfig() throws IOException {
    Path malformed = Files.writeString(copies.resolve("config"), "clusters: [\n");
    String before = System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, malformed.toString());
    try {
      assertThatThrownBy(OperatorMain::client)
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageStartingWith("KUBECONFIG must name a readable kubeconfig")
          .message()
          .doesNotContain("\n");
    } finally {
      if (before == null) {
        System.clearProperty(Config.KUBERNETES_KUBECONFIG_FILE);
      } else {
        System.setProperty(Config.KUBERNETES_KUBECONFIG_FILE, before);
      }
    }
  }

  @Test
  @DisplayName("names COPIES_DIR when it is no path")
  void noPath() {
    assertThatThrownBy(() -> start(Map.of("COPIES_DIR", "co\0pies")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("COPIES_DIR must be a path");
  }

  /** The rights over clusters in this namespace, as deploy/namespaced grants them. */
  private String grantClusters(String user) {
    RoleBinding binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(user)
            .withNamespace(namespace)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "requorum-clusters")
            .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
            .build();
    world.admin().resource(binding).create();
    return user;
  }

  private RequorumOperator start(Map<String, String> more) {
    return start(more, world.operator());
  }

  private RequorumOperator start(Map<String, String> more, KubernetesClient client) {
    return TestOperator.start(namespace, copies, more, client, () -> {});
  }

  private static KubernetesClient client(ConfigBuilder config) {
    return new KubernetesClientBuilder().withConfig(config.build()).build();
  }
}
