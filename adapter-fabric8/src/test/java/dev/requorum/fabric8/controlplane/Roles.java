package dev.requorum.fabric8.controlplane;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Who may do what. */
final class Roles {

  private Roles() {}

  static void bind(KubernetesClient admin, String user, String role) {
    admin
        .rbac()
        .clusterRoleBindings()
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(user)
                .endMetadata()
                .addNewSubject()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("User")
                .withName(user)
                .endSubject()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .build())
        .create();
  }

  /** Binds the user to a copy of the role that lacks the rules about this resource. */
  static void bindWithout(KubernetesClient admin, String user, String role, String resource) {
    ClusterRole copy =
        new ClusterRoleBuilder(admin.rbac().clusterRoles().withName(role).get())
            .withNewMetadata()
            .withName(user)
            .endMetadata()
            .removeMatchingFromRules(rule -> rule.getResources().contains(resource))
            .build();
    admin.rbac().clusterRoles().resource(copy).create();
    bind(admin, user, user);
  }
}
