package dev.requorum.operator.status;

import static dev.requorum.operator.status.Turns.healthy;
import static dev.requorum.operator.status.Turns.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.requorum.core.engine.Turn;
import dev.requorum.fabric8.status.RecoveryStatus;
import dev.requorum.operator.api.EtcdClusterStatus;
import dev.requorum.operator.api.EtcdMemberStatus;
import dev.requorum.operator.volumes.Upkeep;
import dev.requorum.ports.Reason;
import dev.requorum.ports.etcd.Member;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.RecoveryRecord;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("O01")
@DisplayName("The status of an EtcdCluster")
class StatusReportTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  @DisplayName("counts pods and members, and names the leader and the lowest version")
  void counts() {
    EtcdClusterStatus status = after(healthy().turn());

    assertThat(status.observedGeneration).isEqualTo(4);
    assertThat(status.currentReplicas).isEqualTo(3);
    assertThat(status.readyReplicas).isEqualTo(3);
    assertThat(status.memberCount).isEqualTo(3);
    assertThat(status.leaderId).isEqualTo("100");
    assertThat(status.currentVersion).isEqualTo("3.6.14");
  }

  @Test
  @DisplayName("joins members with their answers by id, in whatever order they are listed")
  void joinedById() {
    Turn turn =
        healthy()
            .down(0)
            .listed(
                new Member(id(2), "demo-2", List.of(), false),
                new Member(
                    id(7), "", List.of(URI.create("http://demo-3.demo.test.svc:2380")), true),
                new Member(id(0), "demo-0", List.of(), false),
                new Member(id(1), "demo-1", List.of(), false))
            .turn();

    assertThat(after(turn).members)
        .extracting(member -> member.name, member -> member.id, member -> member.isHealthy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("demo-2", "102", true),
            org.assertj.core.groups.Tuple.tuple("demo-3", "107", false),
            org.assertj.core.groups.Tuple.tuple("demo-0", "100", false),
            org.assertj.core.groups.Tuple.tuple("demo-1", "101", true));
    assertThat(after(turn).members.get(1).isLearner).isTrue();
  }

  @Test
  @DisplayName("lists the members last known where no quorum lists them, and calls none the leader")
  void lastKnown() {
    LastKnown known =
        new LastKnown(true, Optional.empty(), List.of(knownMember(0), knownMember(1)));
    Turn turn = healthy().down(1).lost().record(RecoveryRecord.empty().withLastKnown(known)).turn();

    EtcdClusterStatus status = after(turn);

    assertThat(status.members).extracting(member -> member.isHealthy).containsExactly(true, false);
    assertThat(status.members).noneMatch(member -> member.isLeader);
    assertThat(status.memberCount).isNull();
    assertThat(status.leaderId).isNull();
  }

  @Test
  @DisplayName("stops calling members healthy when nobody looks any more")
  void unseen() {
    EtcdClusterStatus before = after(healthy().turn());

    EtcdClusterStatus status =
        StatusReport.refused(Reason.INVALID_SPEC, "spec.tls").next(before, 5, Turns.AT);

    assertThat(status.members).hasSize(3).noneMatch(member -> member.isHealthy);
    assertThat(before.members).allMatch(member -> member.isHealthy);
  }

  @Test
  @DisplayName("tells of an object that the API server refuses, and of the cluster all the same")
  void rejected() {
    EtcdClusterStatus status =
        StatusReport.of(healthy().turn(), "StatefulSet test/demo was refused: label")
            .next(null, 4, Turns.AT);

    assertThat(status.conditions)
        .extracting(condition -> condition.getType() + "=" + condition.getStatus())
        .contains("Available=True", "Degraded=False", "Progressing=False");
    assertThat(status.conditions.get(1).getMessage())
        .isEqualTo("StatefulSet test/demo was refused: label");
  }

  @Test
  @DisplayName("is written only where it changed, and never touches the recovery record")
  void changes() {
    EtcdClusterStatus before = after(healthy().turn());
    before.recovery = new RecoveryStatus();

    assertThat(changes(before, after(healthy().turn()))).isEmpty();

    EtcdClusterStatus lost = after(healthy().down(1).down(2).lost().turn());
    JsonNode patch = changes(before, lost);
    assertThat(patch.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "conditions", "leaderId", "memberCount", "members", "currentVersion");
    assertThat(patch.get("leaderId").isNull()).as("a field that is to go is null").isTrue();
  }

  @Test
  @DisplayName(
      "says that a kept directory is being removed, or was not, where nothing else is done")
  void upkeep() {
    Upkeep removing = new Upkeep(Upkeep.State.UNDER_WAY, "removing it", "");
    Upkeep failed = new Upkeep(Upkeep.State.FAILED, "it is still there", "uid");
    Upkeep idle = new Upkeep(Upkeep.State.IDLE, "", "");
    Turn growing = healthy().waitingFor(Reason.LEARNER_CATCHING_UP).turn();

    assertThat(progressing(healthy().turn(), removing))
        .isEqualTo("True RemovingDirectory: removing it");
    assertThat(progressing(healthy().turn(), failed))
        .isEqualTo("False DirectoryNotRemoved: it is still there");
    assertThat(progressing(healthy().turn(), idle)).startsWith("False AsDesired");
    assertThat(progressing(growing, removing)).startsWith("True LearnerCatchingUp");
    assertThat(progressing(growing, failed)).startsWith("True LearnerCatchingUp");
  }

  private static String progressing(Turn turn, Upkeep upkeep) {
    return StatusReport.of(turn).with(upkeep).next(null, 4, Turns.AT).conditions.stream()
        .filter(condition -> condition.getType().equals("Progressing"))
        .map(
            condition ->
                "%s %s: %s"
                    .formatted(
                        condition.getStatus(), condition.getReason(), condition.getMessage()))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode changes(EtcdClusterStatus before, EtcdClusterStatus after) {
    return StatusWriter.changes(MAPPER.valueToTree(before), MAPPER.valueToTree(after));
  }

  private static EtcdClusterStatus after(Turn turn) {
    return StatusReport.of(turn).next(null, 4, Turns.AT);
  }

  private static KnownMember knownMember(int ordinal) {
    return new KnownMember(
        id(ordinal),
        "demo-" + ordinal,
        false,
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty());
  }

  @Test
  @DisplayName("has no member under an empty name")
  void unnamed() {
    Turn turn = healthy().listed(new Member(id(9), "", List.of(), true)).turn();

    EtcdMemberStatus member = after(turn).members.get(0);

    assertThat(member.name).isNull();
    assertThat(member.id).isEqualTo("109");
  }
}
