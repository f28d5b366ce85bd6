package dev.requorum.core.recovery;

import static dev.requorum.core.model.Look.healthy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.requorum.core.model.Answers;
import dev.requorum.core.model.Look;
import dev.requorum.core.model.Recorded;
import dev.requorum.core.quorum.QuorumAssessor;
import dev.requorum.ports.etcd.ClusterId;
import dev.requorum.ports.etcd.MemberId;
import dev.requorum.ports.etcd.MemberStatus;
import dev.requorum.ports.record.DataLoss;
import dev.requorum.ports.record.Incident;
import dev.requorum.ports.record.KnownMember;
import dev.requorum.ports.record.LastKnown;
import dev.requorum.ports.record.LastSeen;
import dev.requorum.ports.record.Leadership;
import dev.requorum.ports.record.LossBounds;
import dev.requorum.ports.record.LossEvidence;
import dev.requorum.ports.record.Missing;
import dev.requorum.ports.record.MissingVoter;
import dev.requorum.ports.record.PassedOver;
import dev.requorum.ports.record.PreservedCopy;
import dev.requorum.ports.record.RecoveryPlan;
import dev.requorum.ports.record.RecoveryRecord;
import dev.requorum.ports.record.Step;
import dev.requorum.ports.record.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("S20")
@DisplayName("S20: the account of what was kept and what was lost")
class LossAccountTest {

  private static final ClusterId REBORN = new ClusterId(0xc2);
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  /** The survivor is member 0, which had revision 40 in raft term 3. */
  @ParameterizedTest(name = "{0}: at least {4}, at most {5}")
  @MethodSource("losses")
  void bounds(
      String story,
      int voters,
      Optional<Leadership> led,
      List<MissingVoter> missing,
      long atLeast,
      OptionalLong atMost) {
    long latest = 40 + atLeast;
    Look look = healthy(voters).answer(voters - 1, Answers.freshness(3, 50, latest));
    RebuildScene scene = restoring(look, led, missing, List.of());

    DataLoss loss = LossAccount.ofRestore(scene, now(1040));

    assertThat(loss.lostRevisions()).isEqualTo(new LossBounds(atLeast, atMost));
    assertThat(loss.message())
        .contains(
            atMost.isPresent()
                ? "Nothing else is lost: demo-0 led"
                : "Nobody can know whether more is lost");
  }

  static Stream<Arguments> losses() {
    Optional<Leadership> ledToTheEnd = Optional.of(new Leadership(Look.id(0), 3));
    List<MissingVoter> none = List.of();
    return Stream.of(
        arguments("one of two, which led to the end", 2, ledToTheEnd, missing(1), 0, at(0)),
        arguments("the same, with a later one seen all the same", 2, ledToTheEnd, none, 2, UNKNOWN),
        arguments("one of two, and nobody was seen to lead", 2, Optional.empty(), none, 0, UNKNOWN),
        arguments("one of two, and the other one led", 2, leader(1, 3), none, 0, UNKNOWN),
        arguments("one of two, whose term is another since", 2, leader(0, 2), none, 0, UNKNOWN),
        arguments(
            "one of two, with a third that nobody knew", 2, ledToTheEnd, missing(7), 0, UNKNOWN),
        arguments("one of three, which led to the end", 3, ledToTheEnd, none, 0, UNKNOWN),
        arguments("one of three, and a later one was seen", 3, ledToTheEnd, none, 5, UNKNOWN),
        arguments("one of five", 5, ledToTheEnd, none, 7, UNKNOWN));
  }

  @Test
  @DisplayName("every voter is named with how far it was and when, by name; learners are none")
  void lastSeen() {
    Look look = healthy(3).answer(2, Answers.freshness(3, 50, 44));
    RebuildScene scene = restoring(look, Optional.empty(), List.of(), List.of());
    LastKnown known = scene.record().lastKnown();
    KnownMember learner =
        new KnownMember(
            Look.newId(3),
            "demo-3",
            true,
            Optional.empty(),
            Optional.empty(),
            41,
            Optional.empty());
    RecoveryRecord withLearner =
        scene
            .record()
            .withLastKnown(
                known.withMembers(
                    Stream.concat(known.members().stream(), Stream.of(learner)).toList()));

    DataLoss loss = LossAccount.ofRestore(with(scene, withLearner), now(1040));

    assertThat(loss.lastSeen())
        .containsExactly(
            new LastSeen(Look.id(0), "demo-0", 40, Optional.of(Look.AT)),
            new LastSeen(Look.id(1), "demo-1", 40, Optional.of(Look.AT)),
            new LastSeen(Look.id(2), "demo-2", 44, Optional.of(Look.AT)));
  }

  @Test
  @DisplayName("a restore names both clusters, the bump, and the directory that is kept until then")
  void restored() {
    RebuildScene scene = restoring(healthy(3), Optional.empty(), List.of(), List.of());
    DataLoss loss = LossAccount.ofRestore(scene, now(1042));

    assertThat(loss.retainedRevision()).isEqualTo(40);
    assertThat(loss.clusterBefore()).contains(Look.OURS);
    assertThat(loss.clusterAfter()).contains(REBORN);
    assertThat(loss.revisionBump()).isEqualTo(Recorded.BUMP);
    assertThat(loss.original())
        .contains("the top directory of claim etcd-data-demo-0, until acknowledged");
    RecoveryRecord elsewhere =
        scene.record().withLastKnown(inDirectory(scene.record().lastKnown(), "i-0-1"));
    assertThat(LossAccount.ofRestore(with(scene, elsewhere), now(1042)).original())
        .contains("directory i-0-1 of claim etcd-data-demo-0, until acknowledged");
  }

  @Test
  @DisplayName("less than the survivor had is lost, too, should a restore ever keep less")
  void keptLess() {
    RebuildScene scene = restoring(seenAt(38), Optional.empty(), List.of(), List.of());
    DataLoss loss = LossAccount.ofRestore(scene, now(1038));
    assertThat(loss.retainedRevision()).isEqualTo(38);
    assertThat(loss.lostRevisions().atLeast()).isEqualTo(2);
  }

  @Test
  @DisplayName("what was passed over counts, even where it is not known any more, and is named")
  void passedOver() {
    PassedOver later = new PassedOver(new MemberId(0x999), "demo-1", "claim-1", 49);
    RebuildScene scene = restoring(healthy(3), Optional.empty(), List.of(), List.of(later));
    DataLoss loss = LossAccount.ofRestore(scene, now(1040));
    assertThat(loss.lostRevisions().atLeast()).isEqualTo(9);
    assertThat(loss.message())
        .contains("Passed over, after it was waited for in vain: demo-1 (revision 49)")
        .contains("at least 9 revisions are lost.")
        .doesNotContain("was seen at revision");
  }

  @Test
  @DisplayName("that nobody was seen at a later revision is said, too")
  void nobodyLater() {
    RebuildScene scene = restoring(healthy(3), Optional.empty(), List.of(), List.of());
    assertThat(LossAccount.ofRestore(scene, now(1040)).message())
        .contains("No member was seen at a later revision before the loss.");
  }

  @Test
  @DisplayName("whether others could have gone on without the survivor is a matter of voters alone")
  void othersCouldGoOn() {
    Look look = healthy(2).member(2, true).runs(2);
    RebuildScene scene = restoring(look, Optional.empty(), List.of(), List.of());
    assertThat(LossAccount.ofRestore(scene, now(1040)).message())
        .contains("for it cannot be shown that it led to the end");
  }

  @Test
  @DisplayName("a rebuild in place names the copy, and has neither a bump nor another cluster")
  void forced() {
    Look look = healthy(3);
    RecoveryRecord record = Recorded.rebuilding(look, Step.VERIFY, 0);
    Incident copied =
        IncidentDraft.of(record.incident().orElseThrow())
            .withCopy(new PreservedCopy("/copies/i-1.db", 9, "0a", Look.AT))
            .build();
    DataLoss loss = LossAccount.ofForce(scene(look, record.withIncident(Optional.of(copied))));

    assertThat(loss.retainedRevision()).isEqualTo(40);
    assertThat(loss.clusterBefore()).contains(Look.OURS).isEqualTo(loss.clusterAfter());
    assertThat(loss.revisionBump()).isZero();
    assertThat(loss.original()).contains("/copies/i-1.db");
    assertThat(loss.message()).contains("/copies/i-1.db").doesNotContain("new cluster");
  }

  @Test
  @DisplayName("the message says it all in words")
  void message() {
    Look look = healthy(3).answer(1, Answers.freshness(3, 50, 45));
    RebuildScene scene = restoring(look, Optional.empty(), List.of(), List.of());
    assertThat(LossAccount.ofRestore(scene, now(1040)).message())
        .isEqualTo(
            "The cluster was rebuilt from demo-0 (100), which had revision 40; all up to that is"
                + " kept. Lost for certain: at least 5 revisions are lost, for demo-1 was seen at"
                + " revision 45 at 2026-01-31T12:00:00Z. Nobody can know whether more is lost:"
                + " writes acknowledged after the last look may be, if demo-0 had not seen them, for"
                + " the other members were a majority without it. It is a new cluster, whose"
                + " revisions go on from 1040: clients have to read again what they watch. The data"
                + " from before is kept: the top directory of claim etcd-data-demo-0, until"
                + " acknowledged. Decide what has to be done about those writes, then say that you"
                + " have seen this: kubectl -n etcd annotate etcdcluster demo"
                + " operator.etcd.io/acknowledge-data-loss=i-1 --overwrite");
  }

  private static Look seenAt(long revision) {
    Look look = healthy(3);
    for (int ordinal = 0; ordinal < 3; ordinal++) {
      look.answer(ordinal, Answers.freshness(3, 50, revision));
    }
    return look;
  }

  private static OptionalLong at(long most) {
    return OptionalLong.of(most);
  }

  private static Optional<Leadership> leader(int ordinal, long term) {
    return Optional.of(new Leadership(Look.id(ordinal), term));
  }

  private static List<MissingVoter> missing(int ordinal) {
    return List.of(
        new MissingVoter(Look.id(ordinal), Look.name(ordinal), Missing.GONE, "its volume is gone"));
  }

  private static LastKnown inDirectory(LastKnown known, String directory) {
    return new LastKnown(
        true, known.clusterId(), known.members(), known.leadership(), Optional.of(directory));
  }

  /** What the survivor says of itself once it was restored. */
  private static MemberStatus now(long revision) {
    return new MemberStatus(
        Look.newId(0),
        REBORN,
        Optional.of(Look.newId(0)),
        2,
        4,
        4,
        revision,
        false,
        "3.6.16",
        1,
        List.of());
  }

  private static RebuildScene restoring(
      Look look,
      Optional<Leadership> led,
      List<MissingVoter> missing,
      List<PassedOver> passedOver) {
    RecoveryRecord record = Recorded.restoring(look, Step.VERIFY, 0, 1);
    Incident incident = record.incident().orElseThrow();
    LossEvidence evidence = new LossEvidence(Duration.ofMinutes(1), Look.AT, 50, missing);
    RecoveryPlan plan =
        new RecoveryPlan(
            Strategy.RESTORE,
            "",
            incident.survivor().orElseThrow(),
            Recorded.BUMP,
            passedOver,
            "0a1b2c");
    LastKnown known = look.knownNow();
    return scene(
        look,
        record
            .withLastKnown(
                new LastKnown(true, known.clusterId(), known.members(), led, Optional.empty()))
            .withIncident(
                Optional.of(
                    IncidentDraft.of(incident)
                        .withEvidence(evidence)
                        .planning(Optional.of(plan))
                        .build())));
  }

  private static RebuildScene with(RebuildScene scene, RecoveryRecord record) {
    return new RebuildScene(
        scene.seen(),
        scene.assessment(),
        record,
        scene.incident(),
        scene.statefulSet(),
        scene.say());
  }

  private static RebuildScene scene(Look look, RecoveryRecord record) {
    return new RebuildScene(
        look.seen(),
        QuorumAssessor.assess(look.seen(), record.lastKnown()),
        record,
        record.incident().orElseThrow(),
        look.seen().workload().statefulSet().value().orElseThrow().orElseThrow(),
        new Decisions(Look.AT, record, RecoveryPolicy.defaults()));
  }
}
