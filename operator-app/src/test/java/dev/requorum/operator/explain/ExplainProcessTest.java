package dev.requorum.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("java -jar operator-app-*.jar explain, on a real API server,")
class ExplainProcessTest {

  @TempDir private Path directory;
  private ExplainWorld world;

  @BeforeEach
  void prepare() throws IOException {
    world = new ExplainWorld(directory);
  }

  @Test
  @DisplayName(
      "prints what was lost and how to acknowledge it, and nothing else, with no right but to get"
          + " etcdclusters")
  void explained() throws Exception {
    world.recovered();

    ExplainWorld.Ended ended =
        world.java(
            world.kubeconfig(""), ExplainWorld.READER, "explain", "-n", world.namespace(), "demo");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .startsWith("EtcdCluster %s/demo, as of ".formatted(world.namespace()))
        .contains(
            "At least 7 revisions are lost.",
            "kubectl -n %s annotate etcdcluster demo operator.etcd.io/acknowledge-data-loss=20261125-034918-0 --overwrite"
                .formatted(world.namespace()))
        .doesNotContain("{");
  }

  @Test
  @DisplayName("finds the cluster in the namespace of the kubeconfig's current context")
  void currentNamespace() throws Exception {
    ExplainWorld.Ended ended =
        world.java(world.kubeconfig(""), ExplainWorld.READER, "explain", "demo");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("No operator has looked at this cluster yet");
  }

  @Test
  @DisplayName("tells apart that there is no such cluster, no right, no definition and no server")
  void unread() throws Exception {
    Path config = world.kubeconfig("");
    assertUnread(
        world.java(config, ExplainWorld.READER, "explain", "other"),
        "EtcdCluster %s/other cannot be read: there is none of that name"
            .formatted(world.namespace()));
    assertUnread(
        world.java(config, "nobody", "explain", "demo"),
        "you may not: etcdclusters.operator.etcd.io \"demo\" is forbidden");
    assertUnread(
        world.java(world.kubeconfig("nowhere/"), "", "explain", "demo"),
        "the CustomResourceDefinition etcdclusters.operator.etcd.io is not installed");
    String server = world.server();
    Path elsewhere = directory.resolve("elsewhere");
    Files.writeString(elsewhere, Files.readString(config).replace(server, "https://127.0.0.1:1/"));
    assertUnread(
        world.java(elsewhere, ExplainWorld.READER, "explain", "demo"),
        "https://127.0.0.1:1/ cannot be reached");
    assertUnread(
        world.java(
            Files.writeString(directory.resolve("broken"), "clusters: ["), "", "explain", "demo"),
        "KUBECONFIG must name a readable kubeconfig");
  }

  @Test
  @DisplayName("ends with 2 and the usage where the command is another")
  void misused() throws Exception {
    ExplainWorld.Ended ended = world.java(world.kubeconfig(""), ExplainWorld.READER, "help");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("help: no such command", "usage: explain");
    assertThat(ended.out()).isEmpty();
  }

  private static void assertUnread(ExplainWorld.Ended ended, String why) {
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).startsWith("explain: ").contains(why).hasLineCount(1);
    assertThat(ended.out()).isEmpty();
  }
}
