package dev.requorum.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.operator.world.OperatorWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What kubectl kustomize makes of deploy/")
@EnabledIf(
    value = "hasKubectl",
    disabledReason =
        "no kubectl-1.34.4 in $REQUORUM_BIN: e2e/binaries/ensure.sh --for cluster kubectl provides it")
class KustomizeTest {

  private static final long LIMIT_SECONDS = 120;
  private static final String GENERATED = "(?s)\\A(#[^\\n]*\\n)+";

  private static final Path KUBECTL =
      Path.of(System.getenv().getOrDefault("REQUORUM_BIN", ""), "kubectl-1.34.4").toAbsolutePath();

  @TempDir private Path work;

  static boolean hasKubectl() {
    return Files.isExecutable(KUBECTL);
  }

  @Test
  @DisplayName("of the base is install.yaml, to the letter")
  void base() throws Exception {
    String install = Files.readString(OperatorWorld.repository("deploy/install.yaml"));

    assertThat(install.replaceFirst(GENERATED, ""))
        .as("deploy/install.yaml; deploy/generate.sh writes it")
        .isEqualTo(kustomize(OperatorWorld.repository("deploy/base")));
  }

  @Test
  @DisplayName(
      "of the namespaced overlay holds the same rights in each watched namespace, and no ClusterRole")
  void namespaced() throws Exception {
    List<Map<String, Object>> objects =
        objects(kustomize(OperatorWorld.repository("deploy/namespaced")));

    assertThat(kinds(objects)).doesNotContain("ClusterRole", "ClusterRoleBinding");
    assertThat(rules(objects, "Role"))
        .isEqualTo(rules(Kustomization.build("deploy/base"), "ClusterRole"));
    assertThat(rightsIn(objects, "Role"))
        .isEqualTo(rightsIn(objects, "RoleBinding"))
        .isEqualTo(watched(objects));
  }

  @Test
  @DisplayName(
      "of the namespaced overlay with nodes adds the right to list nodes, and nothing else")
  void withNodes() throws Exception {
    copy(OperatorWorld.repository("deploy"), work);
    Path overlay = work.resolve("namespaced/kustomization.yaml");
    String without = kustomize(overlay.getParent());
    String says = Files.readString(overlay);
    Files.writeString(
        overlay, says.replace("# components:", "components:").replace("#   - nodes", "  - nodes"));

    List<Map<String, Object>> more = objects(kustomize(overlay.getParent()));
    more.removeAll(objects(without));

    assertThat(kinds(more)).containsExactly("ClusterRole", "ClusterRoleBinding");
    assertThat(more.get(0).get("rules"))
        .isEqualTo(
            List.of(
                Map.of(
                    "apiGroups", List.of(""),
                    "resources", List.of("nodes"),
                    "verbs", List.of("list"))));
  }

  private static List<String> kinds(List<Map<String, Object>> objects) {
    return objects.stream().map(object -> (String) object.get("kind")).toList();
  }

  private static Object rules(List<Map<String, Object>> objects, String kind) {
    return named(objects, kind).get(0).get("rules");
  }

  private static Set<String> rightsIn(List<Map<String, Object>> objects, String kind) {
    return named(objects, kind).stream()
        .map(object -> (String) Kustomization.map(object.get("metadata")).get("namespace"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Map<String, Object>> named(List<Map<String, Object>> objects, String kind) {
    return objects.stream()
        .filter(object -> object.get("kind").equals(kind))
        .filter(
            object ->
                "requorum-clusters".equals(Kustomization.map(object.get("metadata")).get("name")))
        .toList();
  }

  /** The namespaces that the operator is told to watch. */
  private static Set<String> watched(List<Map<String, Object>> objects) {
    return objects.stream()
        .filter(object -> object.get("kind").equals("Deployment"))
        .map(Object::toString)
        .map(text -> text.replaceFirst("(?s).*name=WATCH_NAMESPACES, value=([^}]*)}.*", "$1"))
        .flatMap(names -> Arrays.stream(names.split(",")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Map<String, Object>> objects(String manifests) throws IOException {
    return Kustomization.documents(Files.writeString(work.resolve("built.yaml"), manifests));
  }

  private String kustomize(Path folder) throws IOException, InterruptedException {
    Path errors = work.resolve("errors");
    Path output = work.resolve("output");
    Process process =
        new ProcessBuilder(KUBECTL.toString(), "kustomize", folder.toString())
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("kubectl kustomize " + folder + " does not end");
    }
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
