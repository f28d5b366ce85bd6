package dev.requorum.operator.explain;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A namespace with an EtcdCluster demo, somebody who may get it and nothing else, and the
 * operator's jar, as processes of their own use them.
 */
final class ExplainWorld {

  private static final long LIMIT_SECONDS = 120;

  /** Somebody who may get EtcdClusters in the test's namespace, and nothing else. */
  static final String READER = "reader";

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

  private final Path directory;
  private final Path jar;

  record Ended(int status, String out, String err) {}

  ExplainWorld(Path directory) throws IOException {
    this.directory = directory;
    this.jar = writeJar();
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

  String namespace() {
    return namespace;
  }

  String server() {
    return world.admin().getMasterUrl().toString();
  }

  Path jar() {
    return jar;
  }

  /** The cluster was recovered, and nobody has acknowledged what was lost. */
  void recovered() {
    world
        .admin()
        .resources(EtcdCluster.class)
        .inNamespace(namespace)
        .withName("demo")
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"recovery\":" + RECOVERED + "}}");
  }

  /**
   * A kubeconfig's "as" is kubectl's alone, so that the user is named apart; none for the admin.
   */
  Ended java(Path kubeconfig, String user, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(javaBinary(), "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("KUBECONFIG", kubeconfig.toString());
    process.environment().put("KUBERNETES_IMPERSONATE_USERNAME", user);
    return run(process);
  }

  Ended run(ProcessBuilder builder) throws Exception {
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
  Path kubeconfig(String below) throws IOException {
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
  private Path writeJar() throws IOException {
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
