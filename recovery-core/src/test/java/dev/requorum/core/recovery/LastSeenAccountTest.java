package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.Leadership;
import dev.requorum.ports.record.LossBounds;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Survivor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S20")
@DisplayName("S20: the account of a survivor that could not be asked, and was seen at revision 40")
class LastSeenAccountTest {

  @Test
  @DisplayName("what it was seen at is kept, where what was restored has no more")
  void noMore() {
    DataLoss loss = account(healthy(3), 1040, 4);
    assertThat(loss.retainedRevision()).isEqualTo(40);
    assertThat(loss.raftIndex()).isZero();
    assertThat(loss.message()).contains("All up to revision 40 is kept. No member was seen at a");
  }

  @Test
  @DisplayName("it kept what it had after it was seen, too, but for what may be new since")
  void more() {
    DataLoss loss = account(healthy(3), 1047, 4);
    assertThat(loss.retainedRevision()).isEqualTo(43);
    assertThat(loss.message())
        .contains("All up to revision 43 is kept, and perhaps all up to 47: what is later is kept");
  }

  @Test
  @DisplayName("what was written since never counts as kept")
  void writtenSince() {
    assertThat(account(healthy(3), 1047, 11).retainedRevision()).isEqualTo(40);
  }

  @Test
  @DisplayName("only what is later than all that it may have had is lost for certain")
  void atLeast() {
    Look later = healthy(3).answer(1, Answers.freshness(3, 50, 45));
    assertThat(account(later, 1047, 4).lostRevisions()).isEqualTo(bounds(0));
    assertThat(account(later, 1042, 4).lostRevisions()).isEqualTo(bounds(3));
  }

  @Test
  @DisplayName("that nothing else is lost is never said of it: nobody knows the term it was in")
  void atMostIsUnknown() {
    Look two = healthy(2);
    assertThat(account(two, 1040, 4).lostRevisions()).isEqualTo(bounds(0));
  }

  @Test
  @DisplayName("a store with less than it was seen at is accounted for as a loss")
  void less() {
    DataLoss loss = account(healthy(3), 1038, 4);
    assertThat(loss.retainedRevision()).isEqualTo(38);
    assertThat(loss.lostRevisions().atLeast()).isEqualTo(2);
  }

  @Test
  @DisplayName("the message says it in words")
  void message() {
    assertThat(account(healthy(3), 1040, 4).message())
        .startsWith(
            "The cluster was rebuilt from demo-0 (100), the only member left. It served no clients,"
                + " so that it could not be asked before; it was last seen at revision 40. All up"
                + " to revision 40 is kept.")
        .contains("Nobody can know whether more is lost", "whose revisions go on from 1040");
  }

  private static LossBounds bounds(long atLeast) {
    return new LossBounds(atLeast, OptionalLong.empty());
  }

  /** The survivor, alone in its new cluster, is at this revision and raft index. */
  private static DataLoss account(Look look, long revision, long raftIndex) {
    Survivor survivor = Survivor.lastSeenAt(Look.id(0), Look.name(0), 0, 40);
    RecoveryRecord planned = Recorded.restoring(look, Step.VERIFY, 0, 1);
    Incident incident =
        IncidentDraft.of(planned.incident().orElseThrow())
            .committedTo(survivor, Look.AT)
            .entering(Step.VERIFY, Look.AT)
            .build();
    LastKnown known = look.knownNow();
    RecoveryRecord record =
        planned
            .withIncident(Optional.of(incident))
            .withLastKnown(
                new LastKnown(
                    true,
                    known.clusterId(),
                    known.members(),
                    Optional.of(new Leadership(Look.id(0), 0)),
                    Optional.empty()));
    RebuildScene scene =
        new RebuildScene(
            look.seen(),
            QuorumAssessor.assess(look.seen(), record.lastKnown()),
            record,
            incident,
            look.seen().workload().statefulSet().value().orElseThrow().orElseThrow(),
            new Decisions(Look.AT, record, RecoveryPolicy.defaults()));
    return LossAccount.ofRestore(scene, now(revision, raftIndex));
  }

  private static MemberStatus now(long revision, long raftIndex) {
    return new MemberStatus(
        Look.newId(0),
        new ClusterId(0xc2),
        Optional.of(Look.newId(0)),
        2,
        raftIndex,
        raftIndex,
        revision,
        false,
        "3.6.16",
        1,
        List.of());
  }
}
