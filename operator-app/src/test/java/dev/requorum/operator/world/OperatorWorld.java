package dev.requorum.operator.world;

import dev.requorum.fabric8.controlplane.Await;
import dev.requorum.fabric8.controlplane.ControlPlane;
import dev.requorum.fabric8.controlplane.Manifests;
import dev.requorum.operator.api.EtcdCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A real API server, with the CustomResourceDefinition that the build generates and the roles that
 * the repository ships. Started once for all tests of this JVM.
 */
public final class OperatorWorld {

  /** Where the build puts it. */
  public static final String CRD = "/META-INF/fabric8/etcdclusters.operator.etcd.io-v1.yml";

  private static final String SERVICE_ACCOUNT = "system:serviceaccount:requorum:requorum";

  /** The kinds that make up the operator's rights, and what they refer to. */
  private static final Set<String> RIGHTS =
      Set.of(
          "Namespace",
          "ServiceAccount",
          "Role",
          "RoleBinding",
          "ClusterRole",
          "ClusterRoleBinding");

  private static OperatorWorld shared;

  private final KubernetesClient admin;

  private OperatorWorld(KubernetesClient admin) {
    this.admin = admin;
  }

  /** The one that all tests share. */
  public static synchronized OperatorWorld shared() {
    if (shared == null) {
      OperatorWorld world = new OperatorWorld(ControlPlane.shared().admin());
      world.installDefinition();
      world.installRoles();
      shared = world;
    }
    return shared;
  }

  /** A client that may do everything. */
  public KubernetesClient admin() {
    return admin;
  }

  /** A new client with the rights of {@code deploy/install.yaml}, and no others. */
  public KubernetesClient operator() {
    return as(SERVICE_ACCOUNT);
  }

  /** A new client of somebody. */
  public KubernetesClient as(String user) {
    Config config =
        new ConfigBuilder(admin.getConfiguration())
            .withImpersonateUsername(user)
            .withImpersonateGroups("system:authenticated")
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** A namespace of its own. */
  public String newNamespace() {
    String name = "ns-" + UUID.randomUUID();
    Manifests.createNamespace(admin, name);
    return name;
  }

  /** Creates a cluster from YAML, as it stands there: nothing is left out or added on the way. */
  public EtcdCluster create(String namespace, String manifest) {
    GenericKubernetesResource cluster =
        Serialization.unmarshal(manifest, GenericKubernetesResource.class);
    cluster.getMetadata().setNamespace(namespace);
    admin.resource(cluster).create();
    return find(namespace, cluster.getMetadata().getName());
  }

  /** The cluster as the API server has it; null where there is none. */
  public EtcdCluster find(String namespace, String name) {
    return admin.resources(EtcdCluster.class).inNamespace(namespace).withName(name).get();
  }

  /** Edits an object, again where somebody else, who is at work too, was quicker. */
  public static <T> void edit(EditReplacePatchable<T> object, Consumer<T> change) {
    Await.until(
        "the edit is taken",
        () -> {
          try {
            object.edit(
                seen -> {
                  change.accept(seen);
                  return seen;
                });
            return Optional.empty();
          } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
              throw e;
            }
            return Optional.of(e.getMessage());
          }
        });
  }

  /** The file of the repository, wherever the tests were started. */
  public static Path repository(String path) {
    Path here = Path.of("").toAbsolutePath();
    Path root = Files.exists(here.resolve("mvnw")) ? here : here.getParent();
    return root.resolve(path);
  }

  private void installDefinition() {
    CustomResourceDefinition definition =
        admin
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .load(OperatorWorld.class.getResourceAsStream(CRD))
            .item();
    admin
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(definition.getMetadata().getName())
        .edit(
            installed -> {
              installed.setSpec(definition.getSpec());
              return installed;
            });
    Await.until("the definition is enforced", this::notEnforced);
  }

  private Optional<String> notEnforced() {
    EtcdCluster nonsense = new EtcdCluster();
    nonsense.getMetadata().setName("nonsense");
    nonsense.getMetadata().setNamespace("default");
    try {
      admin.resource(nonsense).dryRun().create();
      return Optional.of("an EtcdCluster without a spec is let in");
    } catch (KubernetesClientException e) {
      return e.getCode() == 422 ? Optional.empty() : Optional.of(e.getMessage());
    }
  }

  private void installRoles() {
    try (InputStream manifest = Files.newInputStream(repository("deploy/install.yaml"))) {
      admin.load(manifest).items().stream()
          .filter(object -> RIGHTS.contains(object.getKind()))
          .forEach(object -> admin.resource(object).create());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
