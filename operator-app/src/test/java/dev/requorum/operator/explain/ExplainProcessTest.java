package dev.requorum.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.operator.OperatorMain;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.world.OperatorWorld;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("java -jar operator-app-*.jar explain, on a real API server,")
class ExplainProcessTest {

  private static final long LIMIT_SECONDS = 120;

  /** Somebody who may get EtcdClusters in the test's namespace, and nothing else. */
  private static final String READER = "reader";

  private static final String RECOVERED =
      """
      {"attempts":1,"history":[],"id":"20261125-034918-0","phase":"Completed",
       "stepSince":"2026-11-25T03:49:52Z","reason":"RecoveryCompleted","message":"all are back",
       "detectedAt":"2026-11-25T03:49:18Z","startedAt":"2026-11-25T03:49:30Z",
       "completedAt":"2026-11-25T03:49:52Z",
       "evidence":{"observedLost":"PT61S","lastLook":"2026-11-25T03:49:30Z","raftIndex":130,"missing":[]},
       "survivor":{"memberId":"1","name":"demo-0","ordinal":0,"raftTerm":3,"raftIndex":130,"revision":112},
       "dataLoss":{"memberId":"1","retainedRevision":112,"raftIndex":130,
                   "recoveredAt":"2026-11-25T03:49:40Z","message":"At least 7 revisions are lost."},
       "lastKnown":{"bootstrapped":true,"members":[]}}
      """;

  private final OperatorWorld world = OperatorWorld.shared();
  private final String namespace = world.newNamespace();

  @TempDir private Path directory;
  private Path jar;

  private record Ended(int status, String out, String err) {}

  @BeforeEach
  void prepare() throws IOException {
    jar = jar();
    world.create(
        namespace,
        """
        apiVersion: operator.etcd.io/v1alpha1
        kind: EtcdCluster
        metadata: {name: demo}
        spec: {size: 3, version: v3.6.16, storageSpec: {volumeSizeRequest: 1Gi}}
        """);
    world
        .admin()
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(READER)
                .endMetadata()
                .withRules(
                    new PolicyRuleBuilder()
                        .withApiGroups("operator.etcd.io")
                        .withResources("etcdclusters")
                        .withVerbs("get")
                        .build())
                .build())
        .create();
    world
        .admin()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(READER)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", READER)
                .addNewSubject("rbac.authorization.k8s.io", "User", READER, null)
                .build())
        .create();
  }

  @Test
  @DisplayName(
      "prints what was lost and how to acknowledge it, and nothing else, with no right but to get"
          + " etcdclusters")
  void explained() throws Exception {
    recovered();

    Ended ended = java(kubeconfig(""), READER, "explain", "-n", namespace, "demo");

    assertThat(ended.err).isEmpty();
    assertThat(ended.status).isZero();
    assertThat(ended.out)
        .startsWith("EtcdCluster %s/demo, as of ".formatted(namespace))
        .contains(
            "At least 7 revisions are lost.",
            "kubectl -n %s annotate etcdcluster demo operator.etcd.io/acknowledge-data-loss=20261125-034918-0 --overwrite"
                .formatted(namespace))
        .doesNotContain("{");
  }

  @Test
  @DisplayName("finds the cluster in the namespace of the kubeconfig's current context")
  void currentNamespace() throws Exception {
    Ended ended = java(kubeconfig(""), READER, "explain", "demo");

    assertThat(ended.err).isEmpty();
    assertThat(ended.out).contains("No operator has looked at this cluster yet");
  }

  @Test
  @DisplayName("tells apart that there is no such cluster, no right, no definition and no server")
  void unread() throws Exception {
    Path config = kubeconfig("");
    assertUnread(
        java(config, READER, "explain", "other"),
        "EtcdCluster %s/other cannot be read: there is none of that name".formatted(namespace));
    assertUnread(
        java(config, "nobody", "explain", "demo"),
        "you may not: etcdclusters.operator.etcd.io \"demo\" is forbidden");
    assertUnread(
        java(kubeconfig("nowhere/"), "", "explain", "demo"),
        "the CustomResourceDefinition etcdclusters.operator.etcd.io is not installed");
    String server = world.admin().getMasterUrl().toString();
    Path elsewhere = directory.resolve("elsewhere");
    Files.writeString(elsewhere, Files.readString(config).replace(server, "https://127.0.0.1:1/"));
    assertUnread(
        java(elsewhere, READER, "explain", "demo"), "https://127.0.0.1:1/ cannot be reached");
    assertUnread(
        java(Files.writeString(directory.resolve("broken"), "clusters: ["), "", "explain", "demo"),
        "KUBECONFIG must name a readable kubeconfig");
  }

  @Test
  @DisplayName("ends with 2 and the usage where the command is another")
  void misused() throws Exception {
    Ended ended = java(kubeconfig(""), READER, "help");

    assertThat(ended.status).isEqualTo(2);
    assertThat(ended.err).contains("help: no such command", "usage: explain");
    assertThat(ended.out).isEmpty();
  }

  @Test
  @DisplayName("is what kubectl requorum explain runs, with kubectl's options and rights")
  void plugin() throws Exception {
    Path kubectl = Path.of(System.getenv().getOrDefault("REQUORUM_BIN", ""), "kubectl-1.34.4");
    Assumptions.assumeTrue(
        Files.isExecutable(kubectl),
        "no kubectl-1.34.4 in $REQUORUM_BIN: e2e/binaries/ensure.sh --for cluster kubectl provides it");
    recovered();
    Path path = Files.createDirectory(directory.resolve("path"));
    executable(
        path.resolve("kubectl"),
        "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(kubectl.toAbsolutePath()));
    executable(
        path.resolve("kubectl-requorum"),
        Files.readString(OperatorWorld.repository("deploy/kubectl-requorum")));

    Ended found = kubectl(path, "requorum", "explain", "demo", "-n", namespace);
    Ended missing = kubectl(path, "requorum", "explain", "other", "-n", namespace);
    Ended misused = kubectl(path, "requorum", "demo");

    assertThat(found.err).isEmpty();
    assertThat(found.status).isZero();
    assertThat(found.out).contains("acknowledge-data-loss=20261125-034918-0");
    assertThat(missing.status).isEqualTo(1);
    assertThat(missing.err).contains("etcdclusters.operator.etcd.io \"other\" not found");
    assertThat(misused.status).isEqualTo(2);
    assertThat(misused.err).contains("usage: kubectl requorum explain NAME");
  }

  @Test
  @DisplayName("says, as a plugin, where it looked for the jar")
  void noJar() throws Exception {
    Path plugin = Files.createDirectory(directory.resolve("bin")).resolve("kubectl-requorum");
    Files.copy(OperatorWorld.repository("deploy/kubectl-requorum"), plugin);
    ProcessBuilder elsewhere = new ProcessBuilder("sh", plugin.toString(), "explain", "demo");
    elsewhere.environment().put("REQUORUM_JAR", directory.resolve("none.jar").toString());

    Ended without = run(new ProcessBuilder("sh", plugin.toString(), "explain", "demo"));
    Ended wrong = run(elsewhere);

    assertThat(without.status).isEqualTo(1);
    assertThat(without.err)
        .contains("the operator's jar is not beside this file: set REQUORUM_JAR")
        .hasLineCount(1);
    assertThat(wrong.status).isEqualTo(1);
    assertThat(wrong.err).contains("REQUORUM_JAR: there is no " + directory).hasLineCount(1);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private void recovered() {
    world
        .admin()
        .resources(EtcdCluster.class)
        .inNamespace(namespace)
        .withName("demo")
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"recovery\":" + RECOVERED + "}}");
  }

  private static void assertUnread(Ended ended, String why) {
    assertThat(ended.status).isEqualTo(1);
    assertThat(ended.err).startsWith("explain: ").contains(why).hasLineCount(1);
    assertThat(ended.out).isEmpty();
  }

  /**
   * A kubeconfig's "as" is kubectl's alone, so that the user is named apart; none for the admin.
   */
  private Ended java(Path kubeconfig, String user, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(javaBinary(), "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("KUBECONFIG", kubeconfig.toString());
    process.environment().put("KUBERNETES_IMPERSONATE_USERNAME", user);
    return run(process);
  }

  private Ended kubectl(Path path, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(path.resolve("kubectl").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("KUBECONFIG", kubeconfig("").toString());
    process.environment().put("REQUORUM_JAR", jar.toString());
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().merge("PATH", path.toString(), (all, first) -> first + ":" + all);
    return run(process);
  }

  private Ended run(ProcessBuilder builder) throws Exception {
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(builder.command() + " did not end: " + Files.readString(err));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static String javaBinary() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** For the API server, or a place below it that is none. */
  private Path kubeconfig(String below) throws IOException {
    Config admin = world.admin().getConfiguration();
    return Files.writeString(
        directory.resolve("kubeconfig-" + below.length()),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: test, cluster: {server: "%s%s", certificate-authority: "%s"}}]
        users: [{name: me, user: {token: "%s", as: "%s"}}]
        contexts: [{name: test, context: {cluster: test, user: me, namespace: "%s"}}]
        current-context: test
        """
            .formatted(
                world.admin().getMasterUrl(),
                below,
                admin.getCaCertFile(),
                admin.getOauthToken(),
                READER,
                namespace));
  }

  /** As the build makes it later: its manifest names the main class and the libraries. */
  private Path jar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, OperatorMain.class.getName());
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.concat(
                    Stream.of("target/classes"),
                    Stream.of(
                        Files.readString(Path.of("target", "runtime-classpath"))
                            .strip()
                            .split(":")))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    Path file = directory.resolve("operator-app-test.jar");
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
    return file;
  }
}
