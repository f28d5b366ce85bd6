package dev.requorum.e2e.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A process of the world that is a ServiceAccount")
class OperatorProcessTest {
  private static final String NAMESPACE = "process";
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final World WORLD = SharedWorld.get();

  @BeforeAll
  static void createServiceAccount() {
    WORLD
        .client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    WORLD
        .client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("reader")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .build())
        .create();
    WORLD
        .client()
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("reader")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("configmaps")
                .withVerbs("list")
                .endRule()
                .build())
        .create();
    WORLD
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("reader")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                .addNewSubject(null, "ServiceAccount", "reader", NAMESPACE)
                .build())
        .create();
  }

  @AfterAll
  static void deleteNamespace() {
    WORLD.client().namespaces().withName(NAMESPACE).delete();
  }

  @Test
  @DisplayName(
      "may do what RBAC allows it and nothing else, and loses the API server when it is cut from it")
  void isBoundByRbacAndCuts() {
    WorldProcess process = start("reader-process");
    awaitLast(process, "configmaps: allowed, secrets: 403");

    WORLD.cut(Party.process("reader-process"), Party.apiServer());
    awaitLast(process, "configmaps: unreachable, secrets: unreachable");

    WORLD.heal(Party.process("reader-process"), Party.apiServer());
    awaitLast(process, "configmaps: allowed, secrets: 403");

    process.kill();
    assertThat(process.isAlive()).isFalse();
  }

  private static WorldProcess start(String name) {
    Path kubeconfig = WORLD.kubeconfigFor(NAMESPACE, "reader");
    return WORLD.startJava(
        name,
        List.of(
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            RightsProbe.class.getName(),
            NAMESPACE),
        Map.of("KUBECONFIG", kubeconfig.toString()));
  }

  private static void awaitLast(WorldProcess process, String line) {
    Await.until(
        "it says '%s'".formatted(line),
        LIMIT,
        () -> process.log().stripTrailing().endsWith(line),
        process::log);
  }
}
