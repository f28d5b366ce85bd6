package dev.requorum.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The command explain")
class ExplainCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @Test
  @DisplayName("explains an object from a bug report's file, as of now")
  void file() throws IOException {
    Path file = Files.writeString(directory.resolve("demo.yaml"), Reports.healthy().yaml());

    assertThat(run("", "-f", file.toString())).isEqualTo(ExplainCommand.EXPLAINED);
    assertThat(out())
        .startsWith("EtcdCluster etcd/demo, as of 2026-11-25T03:50:00Z\n")
        .contains("A quorum serves");
    assertThat(err()).isEmpty();
  }

  @Test
  @DisplayName("explains it as of the time when it was taken")
  void at() throws IOException {
    String object = Reports.ofThree().incident(Losses.detecting().incident()).yaml();

    assertThat(run(object, "-f", "-", "--at", "2026-11-25T03:50:03Z")).isZero();
    assertThat(out()).contains("2026-11-25T03:50:18Z (in 15 s) at the earliest");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      | give either the NAME of an EtcdCluster or -f FILE",
        "demo -f demo.yaml       | give either the NAME of an EtcdCluster or -f FILE",
        "-n etcd -f demo.yaml    | -n does not go with -f",
        "demo --at 2026-01-01    | --at must be a time such as 2026-01-31T12:00:00Z, not \"2026-01-01\"",
        "demo --at 2026-01-31T12:00:00Z | --at goes with -f only",
        "demo -n                 | -n needs a value",
        "demo other              | one cluster at a time: demo or other",
        "demo --all              | there is no option --all",
        "../../../secrets/x      | \"../../../secrets/x\" is no name of a Kubernetes object",
        "demo -n a/b             | \"a/b\" is no name of a Kubernetes object",
      })
  @DisplayName("says what is wrong with its arguments, how it is called, and ends with 2")
  void misused(String arguments, String complaint) {
    int status = run("", Stream.of(arguments.split(" +")).filter(w -> !w.isEmpty()).toList());

    assertThat(status).isEqualTo(ExplainCommand.MISUSED);
    assertThat(err()).startsWith("explain: " + complaint).contains("usage: explain [-n NAMESPACE]");
    assertThat(out()).isEmpty();
  }

  @Test
  @DisplayName("names the file that it cannot read, and ends with 1")
  void noFile() {
    assertThat(run("", "-f", directory.resolve("none").toString()))
        .isEqualTo(ExplainCommand.UNREAD);
    assertThat(err()).contains(directory.resolve("none") + " cannot be read").hasLineCount(1);
  }

  @Test
  @DisplayName("says what it was given instead of an EtcdCluster, and ends with 1")
  void noCluster() {
    assertThat(run("---\n{apiVersion: v1, kind: Pod, metadata: {name: demo-0}}", "-f", "-"))
        .isEqualTo(ExplainCommand.UNREAD);
    assertThat(err())
        .isEqualTo(
            "explain: the standard input cannot be explained: it is a Pod of v1, and not one"
                + " EtcdCluster of operator.etcd.io/v1alpha1\n");
  }

  private int run(String input, String... arguments) {
    return run(input, List.of(arguments));
  }

  private int run(String input, List<String> arguments) {
    return new ExplainCommand(
            () -> {
              throw new AssertionError("the API server is not to be asked");
            },
            () -> Reports.NOW,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
