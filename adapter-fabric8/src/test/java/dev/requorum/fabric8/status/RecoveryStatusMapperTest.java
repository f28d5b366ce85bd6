package dev.requorum.fabric8.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.Phase;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.SampleRecords;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S07")
@DisplayName("status.recovery holds the whole record")
class RecoveryStatusMapperTest {

  static List<RecoveryRecord> records() {
    return SampleRecords.all();
  }

  @ParameterizedTest(name = "record {index}")
  @MethodSource("records")
  @DisplayName("A record comes back from JSON as it was, to the nanosecond")
  void nothingIsLost(RecoveryRecord record) {
    assertThat(read(json(record))).isEqualTo(record);
  }

  @Test
  @DisplayName("No status.recovery at all is the empty record")
  void absenceIsEmpty() {
    assertThat(read(null)).isEqualTo(RecoveryRecord.empty());
  }

  @Test
  @DisplayName("A list that is not there is an empty one")
  void absentLists() {
    Map<String, Object> stored = json(RecoveryRecord.empty());
    stored.remove("history");
    child(stored, "lastKnown").remove("members");

    assertThat(read(stored)).isEqualTo(RecoveryRecord.empty());
  }

  @Test
  @DisplayName("The fields that operators look for stand at the top of status.recovery")
  void namesOfTheFields() {
    Map<String, Object> stored = json(SampleRecords.completed());

    assertThat(stored)
        .containsKeys("phase", "reason", "attempts", "detectedAt", "startedAt", "completedAt")
        .containsEntry("phase", "Completed")
        .containsEntry("attempts", 3);
    assertThat(child(stored, "survivor")).containsEntry("memberId", "ffeeddccbbaa9988");
    assertThat(child(stored, "dataLoss"))
        .containsOnlyKeys(
            "memberId",
            "retainedRevision",
            "raftIndex",
            "recoveredAt",
            "lostRevisionsAtLeast",
            "lostRevisionsAtMost",
            "lastSeen",
            "clusterIdBefore",
            "clusterIdAfter",
            "revisionBump",
            "original",
            "message");
    assertThat(child(stored, "plan")).containsEntry("hash", "0123456789abcdef");
  }

  @Test
  @DisplayName("A plan of before the size of the database was kept is read")
  void planOfBefore() {
    Map<String, Object> stored = json(SampleRecords.completed());
    assertThat(child(stored, "plan").remove("databaseBytes")).isEqualTo(8589934592L);

    assertThat(read(stored).incident().orElseThrow().plan().orElseThrow().databaseBytes())
        .isEmpty();
  }

  @Test
  @DisplayName("A record of before there were plans, bounds and restores is read")
  void recordsOfBefore() {
    Map<String, Object> stored = json(SampleRecords.completed());
    List.of("plan", "restore").forEach(stored::remove);
    child(stored, "dataLoss")
        .keySet()
        .retainAll(List.of("memberId", "retainedRevision", "raftIndex", "recoveredAt", "message"));
    child(stored, "lastKnown").keySet().removeAll(List.of("leader", "raftTerm", "directory"));
    child(stored, "survivor").remove("basis");

    Incident incident = read(stored).incident().orElseThrow();
    assertThat(incident.plan()).isEmpty();
    assertThat(incident.survivor().orElseThrow().answered()).isTrue();
    assertThat(incident.dataLoss().orElseThrow().lostRevisions().atMost()).isEmpty();
    assertThat(read(stored).lastKnown().directory()).isEmpty();
  }

  @Test
  @DisplayName("An optional field that is empty is not written, not even as null")
  void emptyIsAbsent() {
    assertThat(json(RecoveryRecord.empty())).containsOnlyKeys("attempts", "history", "lastKnown");
    assertThat(json(SampleRecords.detecting())).doesNotContainKeys("step", "survivor", "startedAt");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "phase, Exploded, status.recovery.phase",
    "step, Dance, status.recovery.step",
    "reason, Whatever, status.recovery.reason",
    "detectedAt, yesterday, status.recovery.detectedAt",
    "attempts, three, status.recovery.attempts",
    "survivor, nobody, status.recovery.survivor",
    "history, none, status.recovery.history",
    "unheardOf, x, status.recovery.unheardOf",
  })
  @DisplayName("Garbage is refused, and the field is named")
  void garbage(String field, String value, String named) {
    Map<String, Object> stored = json(SampleRecords.rebuilding());
    stored.put(field, value);

    assertThatThrownBy(() -> read(stored))
        .isInstanceOf(UnreadableStatusException.class)
        .hasMessageContaining(named);
  }

  @Test
  @DisplayName("A survivor's basis that there is not is refused, and not taken for an answer")
  void unknownBasis() {
    Map<String, Object> stored = json(SampleRecords.rebuilding());
    child(stored, "survivor").put("basis", "Hearsay");

    assertThatThrownBy(() -> read(stored))
        .isInstanceOf(UnreadableStatusException.class)
        .hasMessageContaining("status.recovery.survivor.basis");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "attempts",
    "lastKnown",
    "id",
    "phase",
    "reason",
    "message",
    "detectedAt",
    "evidence",
    "stepSince"
  })
  @DisplayName("A missing field is refused and named, never filled in")
  void missingField(String field) {
    Map<String, Object> stored = json(SampleRecords.rebuilding());
    stored.remove(field);

    assertThatThrownBy(() -> read(stored)).hasMessageContaining("status.recovery." + field);
  }

  @Test
  @DisplayName("Something that is no object at all is refused")
  void notAnObject() {
    for (Object stored : List.of("", "text", 7, List.of(), Map.of())) {
      assertThatThrownBy(() -> read(stored))
          .isInstanceOf(UnreadableStatusException.class)
          .hasMessageContaining("status.recovery");
    }
  }

  @Test
  @DisplayName("An id that is not hexadecimal is refused deep inside, and the place is named")
  void deepGarbage() {
    Map<String, Object> stored = json(SampleRecords.completed());
    Map<String, Object> loss = child(stored, "dataLoss");
    loss.put("memberId", "number nine");

    assertThatThrownBy(() -> read(stored))
        .hasMessageContaining("status.recovery.dataLoss.memberId")
        .hasMessageContaining("hexadecimal");
  }

  @Test
  @DisplayName("Fields that contradict each other are refused, also in the history")
  void contradiction() {
    Map<String, Object> stored = json(SampleRecords.completed());
    stored.put("phase", Phase.REBUILDING.word());
    assertThatThrownBy(() -> read(stored)).hasMessageContaining("a step goes with Rebuilding");

    Map<String, Object> earlier = json(SampleRecords.completed());
    earlier.put("history", List.of(Collections.singletonMap("id", "i1")));
    assertThatThrownBy(() -> read(earlier))
        .hasMessageContaining("status.recovery.history[0].phase is missing");
  }

  private static Map<String, Object> json(RecoveryRecord record) {
    Map<String, Object> copy = new LinkedHashMap<>();
    RecoveryStatusJson.write(RecoveryStatusMapper.toStatus(record))
        .forEach((key, value) -> copy.put((String) key, value));
    return copy;
  }

  private static RecoveryRecord read(Object stored) {
    return RecoveryStatusMapper.toRecord(RecoveryStatusJson.read(stored));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> parent, String name) {
    return (Map<String, Object>) parent.get(name);
  }
}
