package dev.requorum.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.e2e.world.AuditLog;
import dev.requorum.e2e.world.Await;
import dev.requorum.fabric8.ClaimAnnotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The rights that the operator is installed with")
class LeastPrivilegeTest {

  /** Needed, though there is no request of that verb to be seen in an audit log. */
  private static final Set<String> ASKED_FOR_BESIDES =
      Set.of(
          // by the admission plugin OwnerReferencesPermissionEnforcement, where it is enabled
          "update operator.etcd.io/etcdclusters/finalizers",
          // by the API server, where a patch (server-side apply) makes the object
          "create /configmaps",
          "create /services",
          "create apps/statefulsets");

  /** Everybody who is authenticated may ask what they may do. */
  private static final String EVERYBODYS = "create authorization.k8s.io/selfsubjectrulesreviews";

  @RegisterExtension static final Stage STAGE = Stage.named("least-privilege");

  @Test
  @DisplayName("are all that it uses over a cluster's life, and all of them are used")
  @Tag("S09")
  @Tag("O03")
  void neitherMoreNorLess() throws IOException {
    liveThroughEverything();

    List<AuditLog.Request> asked = AuditLog.of(STAGE.namespace(), OperatorRights.SERVICE_ACCOUNT);
    assertThat(asked).as("what it asked for and may not").noneMatch(AuditLog.Request::refused);
    Set<String> used =
        asked.stream()
            .map(request -> request.verb() + " " + request.resource())
            .collect(Collectors.toCollection(TreeSet::new));
    used.remove(EVERYBODYS);
    assertThat(used).as("what it did").doesNotContainAnyElementsOf(ASKED_FOR_BESIDES);
    used.addAll(ASKED_FOR_BESIDES);
    assertThat(used).isEqualTo(granted());
  }

  private static void liveThroughEverything() {
    TestCluster cluster = STAGE.healthyCluster("life", 3);
    STAGE.operator().replace();
    try (HeldDown held = HeldDown.of(cluster, List.of(1, 2))) {
      held.awaitRebuilding(Stage.LIMIT);
    }
    cluster.awaitPhase(Stage.LIMIT, "Completed");
    cluster.awaitHealthy(3, Stage.LIMIT);
    cluster.acknowledgeLoss();
    Await.until(
        "the data that was kept is removed",
        Stage.LIMIT,
        () -> !cluster.annotation(0, ClaimAnnotations.KEPT).isPresent(),
        cluster::describe);
    rebuildInPlace();
    STAGE
        .site()
        .client()
        .services()
        .inNamespace(STAGE.namespace())
        .withName(cluster.name())
        .delete();
    cluster.apply(Stage.manifest(cluster.name(), 1, Stage.VERSION));
    cluster.awaitHealthy(1, Stage.LIMIT);
    Await.until(
        "its Service is there again",
        Stage.LIMIT,
        () ->
            STAGE
                    .site()
                    .client()
                    .services()
                    .inNamespace(STAGE.namespace())
                    .withName(cluster.name())
                    .get()
                != null,
        cluster::describe);
  }

  /** While the lost members' volumes are there, which are no use any more then. */
  private static void rebuildInPlace() {
    TestCluster cluster = STAGE.healthyClusterInPlace("in-place", 3);
    List<Integer> lost = List.of(1, 2);
    STAGE.loseProcesses(cluster, lost, 3);
    cluster.delete();
  }

  private static Set<String> granted() {
    return ShippedManifest.objects(STAGE.site().client()).stream()
        .flatMap(LeastPrivilegeTest::rules)
        .flatMap(LeastPrivilegeTest::rights)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<PolicyRule> rules(HasMetadata object) {
    if (object instanceof ClusterRole role) {
      return role.getRules().stream();
    }
    return object instanceof Role role ? role.getRules().stream() : Stream.empty();
  }

  private static Stream<String> rights(PolicyRule rule) {
    return rule.getVerbs().stream()
        .flatMap(
            verb ->
                rule.getApiGroups().stream()
                    .flatMap(
                        group ->
                            rule.getResources().stream()
                                .map(resource -> "%s %s/%s".formatted(verb, group, resource))));
  }
}
