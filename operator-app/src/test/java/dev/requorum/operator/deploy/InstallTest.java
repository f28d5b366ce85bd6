package dev.requorum.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.spec.SpecReader;
import dev.requorum.operator.world.OperatorWorld;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("deploy/")
class InstallTest {

  private static final Path INSTALL = OperatorWorld.repository("deploy/install.yaml");

  private final OperatorWorld world = OperatorWorld.shared();

  @Test
  @DisplayName("install.yaml holds the objects of the base as they are, and no others")
  void noDrift() throws IOException {
    assertThat(Kustomization.documents(INSTALL))
        .as("deploy/install.yaml against deploy/base; deploy/generate.sh writes it")
        .containsExactlyInAnyOrderElementsOf(Kustomization.build("deploy/base"));
  }

  @Test
  @DisplayName("A base that says more than its resources is not compared as if it did not")
  void patchesAreNotOverlooked() {
    assertThatThrownBy(() -> Kustomization.build("deploy/namespaced"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not understood here");
  }

  @Test
  @DisplayName("The image is the one that this version of the project builds")
  void image() throws IOException {
    String pom = Files.readString(OperatorWorld.repository("pom.xml"));
    String version = pom.replaceFirst("(?s).*?<artifactId>requorum</artifactId>\\s*<version>", "");

    assertThat(deployment().getSpec().getTemplate().getSpec().getContainers())
        .extracting("image")
        .containsExactly("requorum/operator:" + version.substring(0, version.indexOf('<')));
  }

  @Test
  @DisplayName("Every object is one that the API server takes")
  void taken() throws IOException {
    String namespace = world.newNamespace();
    for (HasMetadata object : install()) {
      if ("requorum".equals(object.getMetadata().getNamespace())) {
        object.getMetadata().setNamespace(namespace);
        assertThat(world.admin().resource(object).dryRun().create().getMetadata().getName())
            .isEqualTo(object.getMetadata().getName());
      }
    }
  }

  @Test
  @DisplayName("The operator's pod keeps to the restricted pod security standard")
  void restricted() throws IOException {
    String namespace = world.newNamespace();
    Map<String, String> labels =
        install().stream()
            .filter(object -> object.getKind().equals("Namespace"))
            .map(object -> object.getMetadata().getLabels())
            .findFirst()
            .orElseThrow();
    assertThat(labels).containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    world
        .admin()
        .namespaces()
        .withName(namespace)
        .edit(
            found -> {
              found.getMetadata().setLabels(labels);
              return found;
            });
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("operator")
            .withNamespace(namespace)
            .endMetadata()
            .withSpec(deployment().getSpec().getTemplate().getSpec());
    pod.editSpec().withServiceAccountName(null).withServiceAccount(null).endSpec();

    assertThat(world.admin().resource(pod.build()).dryRun().create()).isNotNull();
    pod.editSpec().editSecurityContext().withRunAsNonRoot(false).endSecurityContext().endSpec();
    assertThatThrownBy(() -> world.admin().resource(pod.build()).dryRun().create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("violates PodSecurity \"restricted");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("Every sample is an EtcdCluster that the API server takes and that can be had")
  void samples(Path file) throws IOException {
    String namespace = world.newNamespace();
    GenericKubernetesResource sample =
        Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
    sample.getMetadata().setNamespace(namespace);
    world.admin().resource(sample).create();

    EtcdCluster stored = world.find(namespace, sample.getMetadata().getName());
    assertThat(new SpecReader(RecoveryPolicy.defaults(), "etcd").read(stored))
        .isInstanceOf(SpecReader.Accepted.class);
    GenericKubernetesResource back =
        Serialization.unmarshal(Serialization.asYaml(stored), GenericKubernetesResource.class);
    Map<String, Object> asked = sample.get("spec");
    Map<String, Object> kept = new TreeMap<>(back.<Map<String, Object>>get("spec"));
    if (!asked.containsKey("recovery")) {
      assertThat(kept.remove("recovery")).as("has nothing but defaults").isNotNull();
    }
    assertThat(kept).as("nothing of the sample is dropped as unknown").isEqualTo(asked);
  }

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(OperatorWorld.repository("deploy/samples"))) {
      List<Path> samples = files.sorted().toList();
      assertThat(samples).isNotEmpty();
      return samples;
    }
  }

  private List<HasMetadata> install() throws IOException {
    try (InputStream manifest = Files.newInputStream(INSTALL)) {
      return world.admin().load(manifest).items();
    }
  }

  private Deployment deployment() throws IOException {
    return (Deployment)
        install().stream().filter(Deployment.class::isInstance).findFirst().orElseThrow();
  }
}
