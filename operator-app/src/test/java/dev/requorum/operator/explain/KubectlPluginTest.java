package dev.requorum.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.operator.world.OperatorWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("kubectl requorum explain")
class KubectlPluginTest {

  @TempDir private Path directory;
  private ExplainWorld world;

  @BeforeEach
  void prepare() throws IOException {
    world = new ExplainWorld(directory);
  }

  @Test
  @DisplayName("prints what was lost and how to acknowledge it, with kubectl's options and rights")
  void plugin() throws Exception {
    Path kubectl = Path.of(System.getenv().getOrDefault("REQUORUM_BIN", ""), "kubectl-1.34.4");
    Assumptions.assumeTrue(
        Files.isExecutable(kubectl),
        "no kubectl-1.34.4 in $REQUORUM_BIN: e2e/binaries/ensure.sh --for cluster kubectl provides it");
    world.recovered();
    Path path = Files.createDirectory(directory.resolve("path"));
    executable(
        path.resolve("kubectl"),
        "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(kubectl.toAbsolutePath()));
    executable(
        path.resolve("kubectl-requorum"),
        Files.readString(OperatorWorld.repository("deploy/kubectl-requorum")));

    ExplainWorld.Ended found =
        kubectl(path, "requorum", "explain", "demo", "-n", world.namespace());
    ExplainWorld.Ended missing =
        kubectl(path, "requorum", "explain", "other", "-n", world.namespace());
    ExplainWorld.Ended misused = kubectl(path, "requorum", "demo");

    assertThat(found.err()).isEmpty();
    assertThat(found.status()).isZero();
    assertThat(found.out()).contains("acknowledge-data-loss=20261125-034918-0");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("etcdclusters.operator.etcd.io \"other\" not found");
    assertThat(misused.status()).isEqualTo(2);
    assertThat(misused.err()).contains("usage: kubectl requorum explain NAME");
  }

  @Test
  @DisplayName("says where it looked for the jar")
  void noJar() throws Exception {
    Path plugin = Files.createDirectory(directory.resolve("bin")).resolve("kubectl-requorum");
    Files.copy(OperatorWorld.repository("deploy/kubectl-requorum"), plugin);
    ProcessBuilder elsewhere = new ProcessBuilder("sh", plugin.toString(), "explain", "demo");
    elsewhere.environment().put("REQUORUM_JAR", directory.resolve("none.jar").toString());

    ExplainWorld.Ended without =
        world.run(new ProcessBuilder("sh", plugin.toString(), "explain", "demo"));
    ExplainWorld.Ended wrong = world.run(elsewhere);

    assertThat(without.status()).isEqualTo(1);
    assertThat(without.err())
        .contains("the operator's jar is not beside this file: set REQUORUM_JAR")
        .hasLineCount(1);
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("REQUORUM_JAR: there is no " + directory).hasLineCount(1);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private ExplainWorld.Ended kubectl(Path path, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(path.resolve("kubectl").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("KUBECONFIG", world.kubeconfig("").toString());
    process.environment().put("REQUORUM_JAR", world.jar().toString());
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().merge("PATH", path.toString(), (all, first) -> first + ":" + all);
    return world.run(process);
  }
}
