package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The rules of {@code deploy/install.yaml}, granted to a ServiceAccount of one namespace for that
 * namespace alone, as {@code deploy/namespaced} with its component {@code nodes} does.
 */
final class OperatorRights {

  static final String SERVICE_ACCOUNT = "requorum";
  private static final String MANIFEST = "/deploy/install.yaml";
  private static final String NODES = "requorum-nodes";
  private static final String CLUSTERS = "requorum-clusters";
  private static final String LEADER = "requorum-leader";

  private OperatorRights() {}

  static void grant(KubernetesClient client, String namespace) {
    Subject subject =
        new SubjectBuilder()
            .withKind("ServiceAccount")
            .withName(SERVICE_ACCOUNT)
            .withNamespace(namespace)
            .build();
    for (HasMetadata item : shipped(client)) {
      boolean wanted =
          item instanceof ClusterRole
              || item instanceof Role
              || item.getKind().equals("ServiceAccount");
      if (wanted) {
        if (!(item instanceof ClusterRole)) {
          item.getMetadata().setNamespace(namespace);
        }
        client.resource(item).serverSideApply();
      }
    }
    client.resource(nodesFor(namespace, subject)).serverSideApply();
    bind(client, namespace, "ClusterRole", CLUSTERS, subject);
    bind(client, namespace, "Role", LEADER, subject);
  }

  private static List<HasMetadata> shipped(KubernetesClient client) {
    try (InputStream manifest = OperatorRights.class.getResourceAsStream(MANIFEST)) {
      if (manifest == null) {
        throw new IllegalStateException(MANIFEST + " is not on the classpath: build e2e first");
      }
      return client.load(manifest).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClusterRoleBinding nodesFor(String namespace, Subject subject) {
    return new ClusterRoleBindingBuilder()
        .withNewMetadata()
        .withName(NODES + "-" + namespace)
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", NODES)
        .withSubjects(subject)
        .build();
  }

  private static void bind(
      KubernetesClient client, String namespace, String kind, String role, Subject subject) {
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(role)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", kind, role)
                .withSubjects(subject)
                .build())
        .serverSideApply();
  }
}
