package dev.requorum.fabric8.status;

import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.LastSeen;
import dev.requorum.ports.record.LossBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The account of a loss, to and from its wire format. */
final class DataLossMapper {

  private DataLossMapper() {}

  static DataLossStatus write(DataLoss loss) {
    DataLossStatus status = new DataLossStatus();
    status.memberId = loss.survivor().toString();
    status.retainedRevision = loss.retainedRevision();
    status.raftIndex = loss.raftIndex();
    status.recoveredAt = loss.recoveredAt().toString();
    status.lostRevisionsAtLeast = loss.lostRevisions().atLeast();
    loss.lostRevisions().atMost().ifPresent(most -> status.lostRevisionsAtMost = most);
    loss.lastSeen().forEach(seen -> status.lastSeen.add(lastSeen(seen)));
    status.clusterIdBefore = loss.clusterBefore().map(Object::toString).orElse(null);
    status.clusterIdAfter = loss.clusterAfter().map(Object::toString).orElse(null);
    status.revisionBump = loss.revisionBump();
    status.original = loss.original().orElse(null);
    status.message = loss.message();
    return status;
  }

  private static DataLossStatus.LastSeen lastSeen(LastSeen seen) {
    DataLossStatus.LastSeen entry = new DataLossStatus.LastSeen();
    entry.memberId = seen.id().toString();
    entry.name = seen.name();
    entry.revision = seen.revision();
    entry.seenAt = seen.at().map(Object::toString).orElse(null);
    return entry;
  }

  /** Records of before there were bounds and members in it are read too. */
  static DataLoss read(DataLossStatus status, Field field) {
    List<LastSeen> seen = new ArrayList<>();
    for (DataLossStatus.LastSeen entry : Field.list(status.lastSeen)) {
      Field at = field.at("lastSeen[" + seen.size() + "]");
      seen.add(lastSeen(at.required(entry), at));
    }
    return new DataLoss(
        field.at("memberId").memberId(status.memberId),
        field.at("retainedRevision").required(status.retainedRevision),
        field.at("raftIndex").required(status.raftIndex),
        field.at("recoveredAt").instant(status.recoveredAt),
        field.built(() -> bounds(status)),
        seen,
        field.at("clusterIdBefore").optionalClusterId(status.clusterIdBefore),
        field.at("clusterIdAfter").optionalClusterId(status.clusterIdAfter),
        Optional.ofNullable(status.revisionBump).orElse(0L),
        Optional.ofNullable(status.original),
        field.at("message").required(status.message));
  }

  private static LossBounds bounds(DataLossStatus status) {
    return new LossBounds(
        Optional.ofNullable(status.lostRevisionsAtLeast).orElse(0L),
        status.lostRevisionsAtMost == null
            ? OptionalLong.empty()
            : OptionalLong.of(status.lostRevisionsAtMost));
  }

  private static LastSeen lastSeen(DataLossStatus.LastSeen entry, Field at) {
    return new LastSeen(
        at.at("memberId").memberId(entry.memberId),
        at.at("name").required(entry.name),
        at.at("revision").required(entry.revision),
        at.at("seenAt").optionalInstant(entry.seenAt));
  }
}
