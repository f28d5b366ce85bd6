package dev.requorum.operator.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LastKnown;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Of a cluster without an open incident, explain")
class CalmExplanationTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  @DisplayName("says how it is, why nothing is done, and what can be done")
  void states(String state, Reports reports, List<String> expected) {
    assertThat(said(reports)).contains(expected);
  }

  static List<Arguments> states() {
    return List.of(
        Arguments.of(
            "healthy",
            Reports.healthy(),
            List.of(
                "A quorum serves, since 2026-11-25T03:49:00Z.",
                "The operator does nothing, for there is nothing for it to do.",
                "Lost Nothing that is known: no quorum was ever lost for long enough.")),
        Arguments.of(
            "nobody has looked at it",
            Reports.ofThree().withoutStatus(),
            List.of("no status", "See whether the operator runs, watches namespace etcd")),
        Arguments.of(
            "never bootstrapped",
            Reports.ofThree()
                .known(LastKnown.nothing())
                .condition("Available", "Unknown", "QuorumUndetermined", "no member answers")
                .condition("Progressing", "True", "Bootstrapping", "waiting for demo-2"),
            List.of(
                "It is unknown whether a quorum serves",
                "never had all its members healthy, so a quorum that it loses now is not recovered",
                "Waiting for demo-2 (Bootstrapping)",
                "If it lasts: the message names who is missing")),
        Arguments.of(
            "one of three members is down",
            Reports.ofThree()
                .condition("Available", "True", "Quorate", "a quorum")
                .condition("Degraded", "True", "MemberUnhealthy", "demo-2 does not answer"),
            List.of("demo-2 does not answer (MemberUnhealthy)", "Look at the member")),
        Arguments.of(
            "the only member is missing",
            Reports.ofOne()
                .condition("Available", "False", "QuorumLost", "1 of 1 voters are gone or down")
                .condition("RecoveryBlocked", "True", "SingleMember", "the only member is missing"),
            List.of(
                "No quorum serves, since 2026-11-25T03:49:00Z: clients cannot write",
                "The only member is missing (SingleMember)",
                "Bring its volume back, or restore from a backup")),
        Arguments.of(
            "a cluster of one is healthy",
            Reports.ofOne().well(),
            List.of("should its member lose its data, there is no other to recover from")),
        Arguments.of(
            "without volumes",
            Reports.healthy().withoutStorage(),
            List.of("should the quorum be lost, nothing is recovered automatically")),
        Arguments.of(
            "the manifest is refused, the cluster lives",
            Reports.healthy().version("v3.4.0"),
            List.of(
                "The manifest is refused (InvalidSpec): spec.version must be 3.5.11 or newer",
                "a lost quorum is recovered all the same",
                "Correct the field that the message names")),
        Arguments.of(
            "the manifest is refused from the beginning",
            Reports.ofThree()
                .version("v3.4.0")
                .known(LastKnown.nothing())
                .condition("Available", "Unknown", "InvalidSpec", "Not looked after"),
            List.of("While the manifest is refused, nothing is done for this cluster")),
        Arguments.of(
            "a name is taken",
            Reports.healthy()
                .condition("Degraded", "True", "NameTaken", "no matter")
                .condition("Progressing", "False", "NameTaken", "demo-state is somebody else's"),
            List.of(
                "A quorum serves",
                "demo-state is somebody else's (NameTaken)",
                "Rename the EtcdCluster, or remove the other object")),
        Arguments.of(
            "the manifest was changed since",
            Reports.healthy().generation(2),
            List.of("The manifest was changed since (generation 2, looked at: 1)")),
        Arguments.of(
            "being deleted",
            Reports.healthy().beingDeleted(),
            List.of("being deleted; the operator does nothing for it any more")));
  }

  @Test
  @DisplayName("gives exactly the command that acknowledges a loss, until it was acknowledged")
  void acknowledging() {
    String command =
        "\n             kubectl -n etcd annotate etcdcluster demo"
            + " operator.etcd.io/acknowledge-data-loss=20261125-034918-0 --overwrite";
    Reports open = Reports.healthy().incident(Losses.completed().incident());
    Reports asked =
        Reports.healthy()
            .incident(Losses.completed().incident())
            .acknowledging("20261125-034918-0");
    Reports acknowledged = Reports.healthy().incident(Losses.completed().acknowledged().incident());

    assertThat(open.explained()).contains(command.substring(3));
    assertThat(said(asked))
        .doesNotContain("kubectl")
        .contains("has yet to record that the loss of incident 20261125-034918-0 is acknowledged");
    assertThat(said(acknowledged))
        .doesNotContain("kubectl")
        .contains(
            "at least 7 revisions are lost",
            "The loss of incident 20261125-034918-0 was acknowledged at 2026-11-25T03:49:55Z");
  }

  @Test
  @DisplayName("names earlier incidents, the last three of them, and those yet to be acknowledged")
  void history() {
    Reports reports =
        Reports.healthy()
            .incident(Losses.completed().acknowledged().incident())
            .history(
                IntStream.rangeClosed(1, 5)
                    .mapToObj(i -> Losses.completed().id("2026010%d-000000-0".formatted(i)))
                    .map(loss -> loss.acknowledged().incident())
                    .toArray(Incident[]::new));
    Reports unacknowledged =
        Reports.healthy()
            .incident(Losses.completed().acknowledged().incident())
            .history(Losses.completed().id("20260101-000000-0").incident());

    assertThat(said(reports))
        .contains(
            "Earlier 20260103-000000-0: lost at 2026-11-25T03:49:18Z, rebuilt from demo-0,"
                + " completed at 2026-11-25T03:49:52Z, acknowledged at 2026-11-25T03:49:55Z.",
            "And 2 more in status.recovery.history")
        .doesNotContain("20260102");
    assertThat(said(unacknowledged))
        .contains("acknowledge-data-loss=20260101-000000-0 --overwrite", "not acknowledged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"phase: \"Restoring\"", "strategy: \"Restore\"\n    phase: \"Completed\""})
  @DisplayName("says of a record that it does not understand that nobody of its version acts on it")
  void newer(String newer) {
    String object =
        Reports.healthy()
            .incident(Losses.completed().incident())
            .yaml()
            .replace("phase: \"Completed\"", newer);

    assertThat(Reports.explained(object).replaceAll("\\s+", " "))
        .contains(
            "status.recovery cannot be understood by this program: status.recovery."
                + newer.substring(0, newer.indexOf(':')),
            "Its message: all members are back",
            "A quorum serves",
            "An operator of this program's version does nothing for this cluster",
            "Lost Unknown",
            "If a newer operator wrote it, explain it with that operator's version")
        .doesNotContain("class ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1, 2]",
        "just words",
        "---\n{apiVersion: v1, kind: Pod, metadata: {name: demo}}",
        "---\n{apiVersion: v1, kind: List, items: []}",
        "---\n{apiVersion: operator.etcd.io/v1, kind: EtcdCluster, metadata: {name: demo}}",
        "---\n{apiVersion: operator.etcd.io/v1alpha1, kind: EtcdCluster}",
        "---\n{apiVersion: operator.etcd.io/v1alpha1, kind: EtcdCluster, metadata: {name: demo},"
            + " spec: {size: three}}",
        "---\n{apiVersion: operator.etcd.io/v1alpha1, kind: EtcdCluster, metadata: {name: demo},"
            + " status: {conditions: bad}}",
      })
  @DisplayName("refuses, in one line, what is no EtcdCluster")
  void noCluster(String text) {
    assertThatThrownBy(() -> ReportedCluster.parse(text))
        .isInstanceOf(NotAClusterException.class)
        .message()
        .isNotBlank()
        .doesNotContain("\n", "null");
  }

  private static String said(Reports reports) {
    return reports.explained().replaceAll("\\s+", " ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Approve | nothing is done before a human has approved it",
        "Never | should the quorum be lost, it is only reported",
      })
  @DisplayName("says beforehand that a lost quorum would not be recovered without a human")
  void mode(String mode, String said) {
    assertThat(Reports.healthy().mode(mode).explained().replaceAll("\\s+", " ")).contains(said);
    assertThat(Reports.healthy().mode("Automatic").explained())
        .doesNotContain("spec.recovery.mode");
  }
}
