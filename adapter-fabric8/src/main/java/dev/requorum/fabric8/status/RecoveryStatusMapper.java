package dev.requorum.fabric8.status;

import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Leadership;
import dev.requorum.ports.record.RecoveryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Between the recovery's own record and the JSON of {@code status.recovery}. Nothing is lost on the
 * way there and back.
 *
 * <p>What is stored must be complete: whatever cannot be understood is an {@link
 * UnreadableStatusException} whose message names the field, such as {@code
 * status.recovery.history[0].phase}. Only a list that is not there is taken for an empty one.
 */
public final class RecoveryStatusMapper {

  private RecoveryStatusMapper() {}

  /** The record in the form in which it is stored. */
  public static RecoveryStatus toStatus(RecoveryRecord record) {
    RecoveryStatus status = new RecoveryStatus();
    status.attempts = record.attempts();
    record.incident().ifPresent(incident -> IncidentMapper.write(incident, status));
    for (Incident earlier : record.history()) {
      IncidentStatus entry = new IncidentStatus();
      IncidentMapper.write(earlier, entry);
      status.history.add(entry);
    }
    status.lastKnown = lastKnownStatus(record.lastKnown());
    return status;
  }

  /**
   * The record that was stored as this status; {@link RecoveryRecord#empty()} where there is no
   * status at all.
   *
   * @throws UnreadableStatusException where it cannot be understood
   */
  public static RecoveryRecord toRecord(Optional<RecoveryStatus> stored) {
    return stored.map(RecoveryStatusMapper::read).orElseGet(RecoveryRecord::empty);
  }

  private static RecoveryRecord read(RecoveryStatus status) {
    Field root = Field.root();
    int attempts = root.at("attempts").required(status.attempts);
    Optional<Incident> incident =
        IncidentMapper.isPresent(status)
            ? Optional.of(IncidentMapper.read(status, root))
            : Optional.empty();
    List<Incident> history = new ArrayList<>();
    for (IncidentStatus entry : Field.list(status.history)) {
      Field field = root.at("history[" + history.size() + "]");
      history.add(IncidentMapper.read(field.required(entry), field));
    }
    Field field = root.at("lastKnown");
    LastKnown lastKnown = lastKnown(field.required(status.lastKnown), field);
    return root.built(() -> new RecoveryRecord(attempts, incident, history, lastKnown));
  }

  private static RecoveryStatus.LastKnown lastKnownStatus(LastKnown known) {
    RecoveryStatus.LastKnown status = new RecoveryStatus.LastKnown();
    status.bootstrapped = known.bootstrapped();
    status.clusterId = known.clusterId().map(Object::toString).orElse(null);
    known
        .leadership()
        .ifPresent(
            last -> {
              status.leader = last.leader().toString();
              status.raftTerm = last.raftTerm();
            });
    status.directory = known.directory().orElse(null);
    for (KnownMember member : known.members()) {
      RecoveryStatus.KnownMember entry = new RecoveryStatus.KnownMember();
      entry.memberId = member.id().toString();
      entry.name = member.name();
      entry.learner = member.learner();
      entry.volumeUid = member.volumeUid().orElse(null);
      entry.node = member.node().orElse(null);
      entry.revision = member.revision();
      entry.seenAt = member.seenAt().map(Object::toString).orElse(null);
      status.members.add(entry);
    }
    return status;
  }

  private static LastKnown lastKnown(RecoveryStatus.LastKnown status, Field field) {
    List<KnownMember> members = new ArrayList<>();
    for (RecoveryStatus.KnownMember entry : Field.list(status.members)) {
      Field at = field.at("members[" + members.size() + "]");
      members.add(knownMember(at.required(entry), at));
    }
    return new LastKnown(
        field.at("bootstrapped").required(status.bootstrapped),
        field.at("clusterId").optionalClusterId(status.clusterId),
        members,
        leadership(status, field),
        Optional.ofNullable(status.directory));
  }

  private static Optional<Leadership> leadership(RecoveryStatus.LastKnown status, Field field) {
    return Optional.ofNullable(status.leader)
        .map(
            leader ->
                new Leadership(
                    field.at("leader").memberId(leader),
                    field.at("raftTerm").required(status.raftTerm)));
  }

  private static KnownMember knownMember(RecoveryStatus.KnownMember entry, Field at) {
    return new KnownMember(
        at.at("memberId").memberId(entry.memberId),
        at.at("name").required(entry.name),
        at.at("learner").required(entry.learner),
        Optional.ofNullable(entry.volumeUid),
        Optional.ofNullable(entry.node),
        at.at("revision").required(entry.revision),
        at.at("seenAt").optionalInstant(entry.seenAt));
  }
}
